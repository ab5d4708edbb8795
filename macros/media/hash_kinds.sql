{# Rows of one column, a name in each. #}
{% macro names_as_rows(names, column) %}
    {% for name in names %}
        select '{{ name }}' as {{ column }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}
{% endmacro %}


{# The value of the hash that kinds.hash_kind names. #}
{% macro hash_of_kind(picture, kinds) %}
    case kinds.hash_kind
        {% for kind in kinds %}
            when '{{ kind }}' then {{ picture }}.{{ kind }}
        {% endfor %}
    end
{% endmacro %}
