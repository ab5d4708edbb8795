{# The day of the run (UTC). What is dated later is a mistake of the source, and decides nothing. #}
{% macro today() -%}
    date '{{ run_started_at.strftime("%Y-%m-%d") }}'
{%- endmacro %}
