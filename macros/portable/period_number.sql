{# Whole periods from a fixed one to the period that a date is the first day of; consecutive periods differ by 1. #}
{% macro period_number(date, grain) %}
    {{ return(adapter.dispatch('period_number', 'creative_approaches')(date, grain)) }}
{% endmacro %}
