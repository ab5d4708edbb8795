{# 32 hex digits that stand for the values of a list of expressions, in their order; null counts as ''. #}
{% macro surrogate_key(expressions) -%}
    {%- set strings = [] -%}
    {%- for expression in expressions -%}
        {%- do strings.append("coalesce(" ~ dbt.cast(expression, dbt.type_string()) ~ ", '')") -%}
    {%- endfor -%}
    {{ dbt.hash(strings | join(" || '|' || ")) }}
{%- endmacro %}
