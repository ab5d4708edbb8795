{# Raw tags, a delimited string or an array as var tags_format says, as one string: lower case, trimmed, distinct,
   sorted, joined by ', '. A comma always separates tags, whatever the delimiter. #}
{% macro clean_tags(expression) -%}
    {%- if var('tags_format') == 'array' -%}
        {%- set text = "array_to_string(" ~ expression ~ ", ',')" -%}
    {%- else -%}
        {%- set text = dbt.replace(dbt.cast(expression, dbt.type_string()), "'" ~ var('tags_delimiter') ~ "'", "','") -%}
    {%- endif -%}
    {{ sorted_distinct_parts('lower(' ~ clean_text(text) ~ ')', ',') }}
{%- endmacro %}
