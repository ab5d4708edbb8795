{# The first period that may still change, given the newest one: a period is closed once var closed_after_periods
   newer ones are there, and never if that is null. #}
{% macro first_open_period(newest) -%}
    {%- set after = var('closed_after_periods') -%}
    {%- if after is none -%}
        cast('0001-01-01' as date)
    {%- else -%}
        {{ add_periods(newest, 1 - after, var('period_grain')) }}
    {%- endif -%}
{%- endmacro %}
