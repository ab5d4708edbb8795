{# The cohort of a row: the values of var cohort_columns, joined. The row must have every column that the var may name. #}
{% macro cohort_id() -%}
    {%- set columns = var('cohort_columns') -%}
    {%- set values = [] -%}
    {%- for column in columns -%}
        {%- do values.append("coalesce(" ~ column ~ ", '(none)')") -%}
    {%- endfor -%}
    {{ values | join(" || ' | ' || ") }}
{%- endmacro %}
