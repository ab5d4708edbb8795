{# A raw value as a day; null where it is no plain one. A point of time with a zone is a day of var day_time_zone, or of UTC. #}
{% macro raw_day(expression, type_class) -%}
    {%- if type_class == 'day' -%}
        {{ finite_date(expression) }}
    {%- elif type_class == 'clock' -%}
        {{ finite_date(dbt.cast(expression, 'date')) }}
    {%- elif type_class == 'moment' -%}
        {{ finite_date(date_in_zone(expression, var('day_time_zone') or 'UTC')) }}
    {%- elif type_class == 'text' -%}
        case
            when {{ regexp_contains(trimmed(expression), plain_day() ~ '$') }}
                then {{ cast_or_null('substr(' ~ trimmed(expression) ~ ', 1, 10)', 'date') }}
            when {{ regexp_contains(trimmed(expression), day_with_a_zone()) }}
                then {{ finite_date(date_in_zone(
                    cast_or_null(trimmed(expression), type_moment()), var('day_time_zone') or 'UTC'
                )) }}
        end
    {%- else -%}
        {{ dbt.cast('null', 'date') }}
    {%- endif -%}
{%- endmacro %}

{# The time of day that a raw value has where its day is read, such as 23:00; null where it has none. A point of time with a
   zone has one once var day_time_zone says where. #}
{% macro raw_time_of_day(expression, type_class) -%}
    {%- set zone = var('day_time_zone') -%}
    {%- if type_class == 'clock' -%}
        substr({{ dbt.cast(expression, dbt.type_string()) }}, 12, 5)
    {%- elif type_class == 'moment' and zone -%}
        {{ time_in_zone(expression, zone) }}
    {%- elif type_class == 'text' -%}
        case
            when {{ regexp_contains(trimmed(expression), plain_day() ~ '$') }}
                then nullif(substr({{ trimmed(expression) }}, 12, 5), '')
            {%- if zone %}
            when {{ regexp_contains(trimmed(expression), day_with_a_zone()) }}
                then {{ time_in_zone(cast_or_null(trimmed(expression), type_moment()), zone) }}
            {%- endif %}
        end
    {%- else -%}
        {{ null_text() }}
    {%- endif -%}
{%- endmacro %}

{# A raw value as a point of time in UTC; null where it is no plain one. What names no zone is in UTC. #}
{% macro raw_moment(expression, type_class) -%}
    {%- if type_class == 'text' -%}
        case
            when {{ regexp_contains(trimmed(expression), plain_day() ~ '$') }}
                then {{ cast_or_null(trimmed(expression), dbt.type_timestamp()) }}
            when {{ regexp_contains(trimmed(expression), day_with_a_zone()) }}
                then {{ utc_timestamp(cast_or_null(trimmed(expression), type_moment()), 'moment') }}
        end
    {%- elif type_class in ('day', 'clock', 'moment') -%}
        {{ utc_timestamp(expression, type_class) }}
    {%- else -%}
        {{ dbt.cast('null', dbt.type_timestamp()) }}
    {%- endif -%}
{%- endmacro %}

{# Condition: the raw value names a time zone, its own or none that a var says. #}
{% macro has_a_zone(expression, type_class) -%}
    {%- if type_class == 'moment' -%}
        {{ expression }} is not null
    {%- elif type_class == 'text' -%}
        coalesce({{ regexp_contains(trimmed(expression), day_with_a_zone()) }}, false)
    {%- else -%}
        false
    {%- endif -%}
{%- endmacro %}

{# DuckDB knows dates before and after all others: -infinity and infinity. #}
{% macro finite_date(date) -%}
    case when {{ date }} between date '0001-01-01' and date '9999-12-31' then {{ date }} end
{%- endmacro %}

{# RE2 patterns: a date, perhaps with a time; the same with a zone behind it. #}
{% macro plain_day() %}
    {{ return('^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?)?') }}
{% endmacro %}

{% macro day_with_a_zone() %}
    {{ return(plain_day() ~ ' ?(Z|UTC|[+-][0-9]{2}(:?[0-9]{2})?)$') }}
{% endmacro %}

{# Condition: the day counts. Days of earlier centuries and of the future are mistakes of the source; tomorrow has begun
   somewhere already. #}
{% macro is_day_that_counts(day) -%}
    {{ day }} between date '{{ first_day_that_counts() }}' and date '{{ last_day_that_counts() }}'
{%- endmacro %}

{% macro first_day_that_counts() %}
    {{ return('2000-01-01') }}
{% endmacro %}

{% macro last_day_that_counts() %}
    {{ return((run_started_at + modules.datetime.timedelta(days=1)).strftime('%Y-%m-%d')) }}
{% endmacro %}
