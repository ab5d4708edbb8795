{% macro duckdb__add_periods(date, number, grain) -%}
    cast({{ date }} + ({{ number }}) * interval 1 {{ grain }} as date)
{%- endmacro %}

{% macro duckdb__period_number(date, grain) -%}
    date_diff('{{ grain }}', date '2001-01-01', {{ date }})
{%- endmacro %}

{% macro duckdb__period_start(date, grain) -%}
    cast(date_trunc('{{ grain }}', {{ date }}) as date)
{%- endmacro %}
