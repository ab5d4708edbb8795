{# A date moved by a whole number of days, weeks or months; the number may be negative or a column. #}
{% macro add_periods(date, number, grain) %}
    {{ return(adapter.dispatch('add_periods', 'creative_approaches')(date, number, grain)) }}
{% endmacro %}
