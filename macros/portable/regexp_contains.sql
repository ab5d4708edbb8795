{# Whether a text matches an RE2 pattern anywhere. The pattern must not hold a single quote. #}
{% macro regexp_contains(text, pattern) %}
    {{ return(adapter.dispatch('regexp_contains', 'creative_approaches')(text, pattern)) }}
{% endmacro %}
