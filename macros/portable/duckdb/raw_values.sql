{% macro duckdb__type_class(dtype) %}
    {% set name = dtype | upper %}
    {% if name.endswith(']') %}
        {{ return('text') }}
    {% elif name.startswith('DECIMAL') %}
        {{ return('decimal') }}
    {% elif name.startswith('TIMESTAMP') %}
        {{ return('moment' if 'ZONE' in name else 'clock') }}
    {% endif %}
    {{ return({'DATE': 'day', 'DOUBLE': 'float', 'FLOAT': 'real', 'INTEGER': 'integer', 'UINTEGER': 'integer'}.get(
        name, 'integer' if name.endswith('INT') else 'text'
    )) }}
{% endmacro %}

{% macro duckdb__cast_or_null(expression, type) -%}
    try_cast({{ expression }} as {{ type }})
{%- endmacro %}

{% macro duckdb__any_as_text(expression) -%}
    cast({{ expression }} as {{ dbt.type_string() }})
{%- endmacro %}

{% macro duckdb__date_in_zone(moment, zone) -%}
    cast(timezone('{{ zone }}', {{ moment }}) as date)
{%- endmacro %}

{% macro duckdb__time_in_zone(moment, zone) -%}
    strftime(timezone('{{ zone }}', {{ moment }}), '%H:%M')
{%- endmacro %}

{% macro duckdb__type_moment() %}
    {{ return('timestamp with time zone') }}
{% endmacro %}

{# Without timezone() the zone of the session would decide. #}
{% macro duckdb__utc_timestamp(expression, type_class) -%}
    {%- if type_class == 'moment' -%}
        timezone('UTC', {{ expression }})
    {%- else -%}
        cast({{ expression }} as {{ dbt.type_timestamp() }})
    {%- endif -%}
{%- endmacro %}
