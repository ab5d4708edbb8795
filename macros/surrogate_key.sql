{# 32 hex digits that stand for the values of a list of expressions, in their order; null counts as ''. #}
{% macro surrogate_key(expressions) -%}
    {%- set strings = [] -%}
    {%- for expression in expressions -%}
        {%- do strings.append("coalesce(cast(" ~ expression ~ " as string), '')") -%}
    {%- endfor -%}
    {{ hex_md5(strings | join(" || '|' || ")) }}
{%- endmacro %}
