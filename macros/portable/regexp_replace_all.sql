{# A text with every match of an RE2 pattern replaced. Neither string may hold a single quote. #}
{% macro regexp_replace_all(text, pattern, replacement) %}
    {{ return(adapter.dispatch('regexp_replace_all', 'creative_approaches')(text, pattern, replacement)) }}
{% endmacro %}
