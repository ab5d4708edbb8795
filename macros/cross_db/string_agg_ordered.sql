{# The values of a group in one string, nulls left out, in an order; with a limit only the first of them. #}
{% macro string_agg_ordered(expression, delimiter, order_by, limit=none) %}
    {{ return(adapter.dispatch('string_agg_ordered', 'creative_approaches')(expression, delimiter, order_by, limit)) }}
{% endmacro %}

{% macro default__string_agg_ordered(expression, delimiter, order_by, limit) -%}
    array_to_string(
        (list({{ expression }} order by {{ order_by }}) filter (where {{ expression }} is not null))
        {%- if limit is not none %}[1:{{ limit }}]{% endif %},
        '{{ delimiter }}'
    )
{%- endmacro %}

{% macro bigquery__string_agg_ordered(expression, delimiter, order_by, limit) -%}
    string_agg(
        {{ expression }}, '{{ delimiter }}' order by {{ order_by }}{% if limit is not none %} limit {{ limit }}{% endif %}
    )
{%- endmacro %}
