{% macro bigquery__add_periods(date, number, grain) -%}
    date_add({{ date }}, interval ({{ number }}) {{ grain }})
{%- endmacro %}

{% macro bigquery__period_number(date, grain) -%}
    date_diff({{ date }}, date '2001-01-01', {{ 'week(monday)' if grain == 'week' else grain }})
{%- endmacro %}

{# BigQuery's plain week starts on Sunday. #}
{% macro bigquery__period_start(date, grain) -%}
    cast(date_trunc({{ date }}, {{ 'week(monday)' if grain == 'week' else grain }}) as date)
{%- endmacro %}
