{# Two columns of an aggregate: how many rows meet a condition, and what was spent in them. #}
{% macro rows_and_spend_where(condition, name) -%}
    sum(case when {{ condition }} then 1 else 0 end) as {{ name }}_rows,
    sum(case when {{ condition }} then spend else 0 end) as {{ name }}_spend
{%- endmacro %}
