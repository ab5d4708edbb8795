{# A float64 ratio of two exact numbers, null where the denominator is zero or null: never infinite. #}
{% macro safe_divide(numerator, denominator) -%}
    cast({{ numerator }} as {{ type_float64() }}) / nullif(cast({{ denominator }} as {{ type_float64() }}), 0)
{%- endmacro %}
