{# A text with every match of an RE2 pattern replaced. Neither string may hold a single quote. #}
{% macro regexp_replace_all(text, pattern, replacement) %}
    {{ return(adapter.dispatch('regexp_replace_all', 'creative_approaches')(text, pattern, replacement)) }}
{% endmacro %}

{% macro duckdb__regexp_replace_all(text, pattern, replacement) -%}
    regexp_replace({{ text }}, '{{ pattern }}', '{{ replacement }}', 'g')
{%- endmacro %}

{% macro bigquery__regexp_replace_all(text, pattern, replacement) -%}
    regexp_replace({{ text }}, r'{{ pattern }}', r'{{ replacement }}')
{%- endmacro %}
