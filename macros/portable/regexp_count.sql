{# How many matches of an RE2 pattern a text has, none overlapping another. The pattern must not hold a single quote. #}
{% macro regexp_count(text, pattern) %}
    {{ return(adapter.dispatch('regexp_count', 'creative_approaches')(text, pattern)) }}
{% endmacro %}
