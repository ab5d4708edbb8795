{# A select of the raw metrics in the columns of the contract, each value of its type, null where it is none: one row per
   raw row. With `since`, an SQL expression of a date, the rows from that day on, and if wanted those without a day.
   more : SQL expressions over the raw table by the names of columns that they become. #}
{% macro raw_metrics(types, since=none, more={}, without_a_day=false) -%}
    {%- set relation = raw_table('creative_daily_metrics') %}
    {%- if execute %}
    select
    {%- set columns = raw_metrics_values(types) %}
    {%- do columns.update(more) %}
    {%- for column, expression in columns.items() %}
        {{ expression }} as {{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
    from {{ relation }}
    {%- if since is not none %}
    where
        {{ is_raw_day_since(types, since) }}
        {%- if without_a_day %}
        or {{ columns.date_day }} is null
        {%- endif %}
    {%- endif %}
    {%- endif %}
{%- endmacro %}

{# The columns of the contract as expressions over the raw table that give a value of their type or null. #}
{% macro raw_metrics_values(types) %}
    {% set values = {} %}
    {% for column in raw_contract('creative_daily_metrics') %}
        {% set expression = raw_expression('creative_daily_metrics', column) %}
        {% set type = types[column] %}
        {% if column == 'date_day' %}
            {% set value = raw_day(expression, type) %}
        {% elif column == 'platform' %}
            {% set value = raw_platform(expression, type) %}
        {% elif column == 'account_id' %}
            {% set value = raw_account_id(expression, type) %}
        {% elif column in ('campaign_id', 'creative_id') %}
            {% set value = raw_id(expression, type) %}
        {% elif column == 'currency_code' %}
            {% set value = raw_currency_code(expression, type) %}
        {% else %}
            {% set value = raw_number(column, expression, type) %}
        {% endif %}
        {% do values.update({column: value}) %}
    {% endfor %}
    {{ return(values) }}
{% endmacro %}

{# Null is the currency of var raw_currency, or XXX, which is ISO 4217's code for none. #}
{% macro raw_currency_code(expression, type_class) -%}
    upper(coalesce({{ raw_id(expression, type_class) }}, '{{ (none if var('demo_data') else var('raw_currency')) or 'XXX' }}'))
{%- endmacro %}

{% macro raw_platform(expression, type_class) -%}
    coalesce(lower({{ raw_id(expression, type_class) }}), 'unknown')
{%- endmacro %}

{% macro raw_number(column, expression, type_class) %}
    {% if column in raw_counts() %}
        {{ return(raw_count(expression, type_class)) }}
    {% elif raw_mapping('creative_daily_metrics')[column] is mapping and 'micros' in raw_mapping('creative_daily_metrics')[column] %}
        {{ return(raw_money_in_micros(expression, type_class)) }}
    {% endif %}
    {{ return(raw_money(expression, type_class)) }}
{% endmacro %}

{# The numbers of the contract. A null counts as zero, but for reach: to know nothing of it is not to reach nobody. #}
{% macro raw_numbers() %}
    {{ return(['impressions', 'clicks', 'spend', 'conversions', 'conversions_value', 'reach']) }}
{% endmacro %}

{# Those of them that are whole. #}
{% macro raw_counts() %}
    {{ return(['impressions', 'clicks', 'reach']) }}
{% endmacro %}

{# Condition over the raw metrics that lets BigQuery skip the partitions of earlier days. #}
{% macro is_raw_day_since(types, since) -%}
    {%- set day = raw_expression('creative_daily_metrics', 'date_day') -%}
    {%- if types.date_day == 'day' -%}
        {{ day }} >= {{ since }}
    {%- elif types.date_day == 'text' -%}
        {{ raw_day(day, 'text') }} >= {{ since }}
    {%- else -%}
        cast({{ day }} as date) >= {{ add_periods(since, -1, 'day') }}
        and {{ raw_day(day, types.date_day) }} >= {{ since }}
    {%- endif -%}
{%- endmacro %}
