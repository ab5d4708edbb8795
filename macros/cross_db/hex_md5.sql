{# 32 lower-case hex digits of the md5 of a string. #}
{% macro hex_md5(text) %}
    {{ return(adapter.dispatch('hex_md5', 'creative_approaches')(text)) }}
{% endmacro %}

{% macro default__hex_md5(text) -%}
    md5({{ text }})
{%- endmacro %}

{% macro bigquery__hex_md5(text) -%}
    to_hex(md5({{ text }}))
{%- endmacro %}
