{# The day of the run, in var day_time_zone or in UTC. What is dated later is a mistake of the source, and decides nothing. #}
{% macro today() -%}
    {#- While dbt parses, no setting is checked yet. -#}
    {%- set zone = modules.pytz.timezone((var('day_time_zone') if execute else none) or 'UTC') -%}
    date '{{ run_started_at.astimezone(zone).strftime("%Y-%m-%d") }}'
{%- endmacro %}
