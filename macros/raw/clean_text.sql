{# Blanks of every kind: separators, control characters (tabs, line ends), zero-width space, byte order mark. #}
{% macro blanks() %}
    {{ return('[\\p{Z}\\p{Cc}\\x{200B}\\x{FEFF}]+') }}
{% endmacro %}

{# A raw value as a string without blanks around it, and with runs of blanks inside made one space; null where nothing is left. #}
{% macro clean_text(expression) -%}
    nullif(trim({{ regexp_replace_all(dbt.cast(expression, dbt.type_string()), blanks(), ' ') }}), '')
{%- endmacro %}

{# A raw code, number or address as a string without blanks around it; null where nothing is left. #}
{% macro trimmed(expression) -%}
    nullif({{ regexp_replace_all(dbt.cast(expression, dbt.type_string()), '^' ~ blanks() ~ '|' ~ blanks() ~ '$', '') }}, '')
{%- endmacro %}

{# The same without the characters that nobody sees: marks of direction, joiners, soft hyphens. Those at an end go
   together with the blanks among them. #}
{% macro visible(expression) -%}
    {{ regexp_replace_all(expression, '^[\\p{Z}\\p{Cc}\\p{Cf}]+|[\\p{Z}\\p{Cc}\\p{Cf}]+$|\\p{Cf}', '') }}
{%- endmacro %}
