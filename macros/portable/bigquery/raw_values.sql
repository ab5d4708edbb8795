{% macro bigquery__type_class(dtype) %}
    {{ return({
        'INT64': 'integer', 'INTEGER': 'integer', 'NUMERIC': 'decimal', 'BIGNUMERIC': 'decimal', 'FLOAT64': 'float',
        'FLOAT': 'float', 'DATE': 'day', 'DATETIME': 'clock', 'TIMESTAMP': 'moment',
    }.get(dtype.split('(')[0] | upper, 'text')) }}
{% endmacro %}

{% macro bigquery__cast_or_null(expression, type) -%}
    safe_cast({{ expression }} as {{ type }})
{%- endmacro %}

{# BigQuery casts no array and no struct to a string. #}
{% macro bigquery__any_as_text(expression) -%}
    to_json_string({{ expression }})
{%- endmacro %}

{% macro bigquery__date_in_zone(moment, zone) -%}
    date({{ moment }}, '{{ zone }}')
{%- endmacro %}

{% macro bigquery__time_in_zone(moment, zone) -%}
    format_timestamp('%H:%M', {{ moment }}, '{{ zone }}')
{%- endmacro %}

{% macro bigquery__type_moment() %}
    {{ return('timestamp') }}
{% endmacro %}

{% macro bigquery__utc_timestamp(expression, type_class) -%}
    cast({{ expression }} as {{ dbt.type_timestamp() }})
{%- endmacro %}
