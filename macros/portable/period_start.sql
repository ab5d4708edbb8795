{# The first day of the day, ISO week (Monday) or month that a date lies in. #}
{% macro period_start(date, grain) %}
    {{ return(adapter.dispatch('period_start', 'creative_approaches')(date, grain)) }}
{% endmacro %}

{% macro duckdb__period_start(date, grain) -%}
    cast(date_trunc('{{ grain }}', {{ date }}) as date)
{%- endmacro %}

{# BigQuery's plain week starts on Sunday. #}
{% macro bigquery__period_start(date, grain) -%}
    cast(date_trunc({{ date }}, {{ 'week(monday)' if grain == 'week' else grain }}) as date)
{%- endmacro %}
