{% macro duckdb__regexp_contains(text, pattern) -%}
    regexp_matches({{ text }}, '{{ pattern }}')
{%- endmacro %}

{% macro duckdb__regexp_count(text, pattern) -%}
    cast(len(regexp_extract_all({{ text }}, '{{ pattern }}')) as {{ dbt.type_bigint() }})
{%- endmacro %}

{% macro duckdb__regexp_replace_all(text, pattern, replacement) -%}
    regexp_replace({{ text }}, '{{ pattern }}', '{{ replacement }}', 'g')
{%- endmacro %}

{% macro duckdb__sorted_distinct_parts(text, delimiter) -%}
    nullif(array_to_string(list_sort(list_distinct(
        [trim(part) for part in string_split({{ text }}, '{{ delimiter }}') if trim(part) <> '']
    )), ', '), '')
{%- endmacro %}

{% macro duckdb__split_to_rows(relation, key, text, delimiter, part) -%}
    select
        {{ key }},
        unnest(string_split({{ text }}, '{{ delimiter }}')) as {{ part }}
    from {{ relation }}
{%- endmacro %}

{% macro duckdb__numbers_to_rows(relation, key, numbers, number) -%}
    select
        {{ key }},
        unnest({{ numbers }}) as {{ number }}
    from {{ relation }}
{%- endmacro %}
