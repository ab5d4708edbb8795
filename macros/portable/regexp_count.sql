{# How many matches of an RE2 pattern a text has, none overlapping another. The pattern must not hold a single quote. #}
{% macro regexp_count(text, pattern) %}
    {{ return(adapter.dispatch('regexp_count', 'creative_approaches')(text, pattern)) }}
{% endmacro %}

{% macro duckdb__regexp_count(text, pattern) -%}
    cast(len(regexp_extract_all({{ text }}, '{{ pattern }}')) as {{ dbt.type_bigint() }})
{%- endmacro %}

{% macro bigquery__regexp_count(text, pattern) -%}
    array_length(regexp_extract_all({{ text }}, r'{{ pattern }}'))
{%- endmacro %}
