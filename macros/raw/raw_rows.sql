{# A select of the raw rows of 'creatives' or 'creative_daily_metrics' in the columns of the contract. With `since`, an
   SQL expression of a date, only the metrics from that day on. #}
{% macro raw_rows(name, since=none) %}
    {%- set relation = raw_table(name) %}
    {%- if execute %}
        {%- set rows = raw_columns(name, relation, since) %}
        {{- ad_report_sums(rows) if is_ad_report(name) else rows }}
    {%- endif %}
{%- endmacro %}

{% macro raw_columns(name, relation, since) -%}
    select
    {%- for column in raw_contract(name) %}
        {{ raw_expression(name, column) }} as {{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
    from {{ relation }}
    {%- if since is not none %}
    where {{ is_raw_day_since(since) }}
    {%- endif %}
{%- endmacro %}

{# The rows of an ad report, added up to the contract's grain. A report is grouped by all that describes its rows, so
   that rows which look equal here are facts of their own: they differ in a column that is not read. Sums are of exact
   numbers, and by what staging makes of the keys: two spellings of one would become versions of each other there. #}
{% macro ad_report_sums(rows) -%}
    select
        cast(date_day as date) as date_day,
        lower({{ clean_id('platform') }}) as platform,
        {{ clean_id('account_id') }} as account_id,
        {{ clean_id('campaign_id') }} as campaign_id,
        {{ clean_id('creative_id') }} as creative_id,
        coalesce(upper({{ clean_id('currency_code') }}), 'XXX') as currency_code,
        sum(cast(impressions as {{ dbt.type_bigint() }})) as impressions,
        sum(cast(clicks as {{ dbt.type_bigint() }})) as clicks,
        sum(cast(spend as {{ type_money() }})) as spend,
        sum(cast(conversions as {{ type_money() }})) as conversions,
        sum(cast(conversions_value as {{ type_money() }})) as conversions_value,
        sum(cast(reach as {{ dbt.type_bigint() }})) as reach
    from (
        {{ rows }}
    ) as ad_report
    group by 1, 2, 3, 4, 5, 6
{%- endmacro %}

{# BigQuery drops the cast of a column that is a date already, and so prunes partitions; a timestamp needs the cast,
   because BigQuery compares none with a date. #}
{% macro is_raw_day_since(since) -%}
    cast({{ raw_expression('creative_daily_metrics', 'date_day') }} as date) >= {{ since }}
{%- endmacro %}

{# The demo seed, or your own table. #}
{% macro raw_table(name) %}
    {{ return(ref(name) if var('demo_data') else source('raw', name)) }}
{% endmacro %}
