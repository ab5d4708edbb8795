{# The first day of the day, ISO week (Monday) or month that a date lies in. #}
{% macro period_start(date, grain) %}
    {{ return(adapter.dispatch('period_start', 'creative_approaches')(date, grain)) }}
{% endmacro %}
