{% macro bigquery__regexp_contains(text, pattern) -%}
    regexp_contains({{ text }}, r'{{ pattern }}')
{%- endmacro %}

{% macro bigquery__regexp_count(text, pattern) -%}
    array_length(regexp_extract_all({{ text }}, r'{{ pattern }}'))
{%- endmacro %}

{% macro bigquery__regexp_replace_all(text, pattern, replacement) -%}
    regexp_replace({{ text }}, r'{{ pattern }}', r'{{ replacement }}')
{%- endmacro %}

{% macro bigquery__sorted_distinct_parts(text, delimiter) -%}
    (
        select string_agg(distinct trim(part), ', ' order by trim(part))
        from unnest(split({{ text }}, '{{ delimiter }}')) as part
        where trim(part) <> ''
    )
{%- endmacro %}

{% macro bigquery__split_to_rows(relation, key, text, delimiter, part) -%}
    select
        {{ key }},
        {{ part }}
    from {{ relation }}
    cross join unnest(split({{ text }}, '{{ delimiter }}')) as {{ part }}
{%- endmacro %}

{% macro bigquery__numbers_to_rows(relation, key, numbers, number) -%}
    select
        {{ key }},
        {{ number }}
    from {{ relation }}
    cross join unnest({{ numbers }}) as {{ number }}
{%- endmacro %}
