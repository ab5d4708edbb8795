{# The values of a group in one string, nulls left out, in an order. #}
{% macro string_agg_ordered(expression, delimiter, order_by) %}
    {{ return(adapter.dispatch('string_agg_ordered', 'creative_approaches')(expression, delimiter, order_by)) }}
{% endmacro %}

{% macro default__string_agg_ordered(expression, delimiter, order_by) -%}
    array_to_string(
        list({{ expression }} order by {{ order_by }}) filter (where {{ expression }} is not null), '{{ delimiter }}'
    )
{%- endmacro %}

{% macro bigquery__string_agg_ordered(expression, delimiter, order_by) -%}
    string_agg({{ expression }}, '{{ delimiter }}' order by {{ order_by }})
{%- endmacro %}
