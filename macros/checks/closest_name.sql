{# The name most like a misspelt one, by the pairs of neighbouring letters that both have (Dice's coefficient);
   none where fewer than half agree. #}
{% macro closest_name(misspelt, names) %}
    {% set best = namespace(name=none, score=0.5) %}
    {% set wanted = letter_pairs(misspelt) %}
    {% for name in names | unique | sort %}
        {% set pairs = letter_pairs(name) %}
        {% set score = 2 * wanted | select('in', pairs) | list | length / ((wanted | length + pairs | length) or 1) %}
        {% if score > best.score %}
            {% set best.name = name %}
            {% set best.score = score %}
        {% endif %}
    {% endfor %}
    {{ return(best.name) }}
{% endmacro %}

{% macro letter_pairs(name) %}
    {% set pairs = [] %}
    {% for i in range(name | length - 1) %}
        {% do pairs.append(name[i:i + 2] | lower) %}
    {% endfor %}
    {{ return(pairs | unique | list) }}
{% endmacro %}
