{# Whole periods from a fixed one to the period that a date is the first day of; consecutive periods differ by 1. #}
{% macro period_number(date, grain) %}
    {{ return(adapter.dispatch('period_number', 'creative_approaches')(date, grain)) }}
{% endmacro %}

{% macro duckdb__period_number(date, grain) -%}
    date_diff('{{ grain }}', date '2001-01-01', {{ date }})
{%- endmacro %}

{% macro bigquery__period_number(date, grain) -%}
    date_diff({{ date }}, date '2001-01-01', {{ 'week(monday)' if grain == 'week' else grain }})
{%- endmacro %}
