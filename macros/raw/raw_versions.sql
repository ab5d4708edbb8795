{# What orders rows of one day, creative, campaign and currency, the one that counts first: the newest by var
   raw_metrics_version, if rows are versions; then the fullest, because platforms restate a day upwards as late events
   arrive. #}
{% macro newest_first() -%}
    {%- if raw_metrics_grain() == 'versions' %}
                source_version desc nulls last,
    {%- endif %}
                coalesce(impressions, 0) desc,
                coalesce(spend, 0) desc,
                coalesce(clicks, 0) desc,
                coalesce(conversions, 0) desc,
                coalesce(conversions_value, 0) desc,
                reach desc nulls last
{%- endmacro %}

{# The version of a row, for raw_metrics; none where rows are no versions. #}
{% macro source_version() -%}
    {% if raw_metrics_grain() != 'versions' %}
        {{ return({}) }}
    {% endif %}
    {% set version = adapter.quote(var('raw_metrics_version')) %}
    {{ return({'source_version': ordered_version(version) if is_version_a_text() else version}) }}
{%- endmacro %}

{# A text as a version. Whole numbers and plain points of time have an order; any other is '', of which nobody can tell
   whether it is the newest. #}
{% macro ordered_version(expression) -%}
    {%- set text = trimmed(expression) -%}
    case
        when {{ regexp_contains(text, '^[0-9]{1,38}$') }} then lpad({{ text }}, 38, '0')
        when {{ regexp_contains(text, plain_day() ~ '( ?(Z|UTC|[+]00(:?00)?))?$') }} then {{ dbt.replace(text, "'T'", "' '") }}
        when {{ text }} is not null then ''
    end
{%- endmacro %}

{# Whether the versions of rows are texts. #}
{% macro is_version_a_text() %}
    {% set column = raw_table_columns('creative_daily_metrics').get((var('raw_metrics_version') or '') | lower) %}
    {{ return(raw_metrics_grain() == 'versions' and column is not none and type_class(column.dtype) == 'text') }}
{% endmacro %}

{# Condition: a row is added up with the others of its key, whatever their rank. Rows without an id are of several
   creatives, and so no versions of each other. #}
{% macro adds_up() -%}
    {{ 'true' if raw_metrics_grain() == 'finer' else 'creative_id is null' }}
{%- endmacro %}
