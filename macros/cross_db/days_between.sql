{# Days from one date to another, the first counted and the last not. #}
{% macro days_between(first, until) %}
    {{ return(adapter.dispatch('days_between', 'creative_approaches')(first, until)) }}
{% endmacro %}

{% macro default__days_between(first, until) -%}
    {{ until }} - {{ first }}
{%- endmacro %}

{% macro bigquery__days_between(first, until) -%}
    date_diff({{ until }}, {{ first }}, day)
{%- endmacro %}
