{# Blanks of every kind: separators, control characters (tabs, line ends), zero-width space, byte order mark. #}
{% macro blanks() %}
    {{ return('[\\p{Z}\\p{Cc}\\x{200B}\\x{FEFF}]+') }}
{% endmacro %}

{# A raw value as a string without blanks around it, and with runs of blanks inside made one space; null where nothing is left. #}
{% macro clean_text(expression) -%}
    nullif(trim({{ regexp_replace_all(dbt.cast(expression, dbt.type_string()), blanks(), ' ') }}), '')
{%- endmacro %}

{# A raw identifier, code or address as a string without blanks around it; null where nothing is left. #}
{% macro clean_id(expression) -%}
    nullif({{ regexp_replace_all(dbt.cast(expression, dbt.type_string()), '^' ~ blanks() ~ '|' ~ blanks() ~ '$', '') }}, '')
{%- endmacro %}
