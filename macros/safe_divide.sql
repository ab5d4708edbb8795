{# A float64 ratio of two exact numbers, null where the denominator is zero or null: never infinite. #}
{% macro safe_divide(numerator, denominator) -%}
    cast({{ numerator }} as float64) / nullif(cast({{ denominator }} as float64), 0)
{%- endmacro %}
