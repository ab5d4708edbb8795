{# What the raw tables hold of each account and currency, as a list of mappings. #}
{% macro read_raw_accounts(since) %}
    {% set accounts = [] %}
    {% for row in run_query(raw_accounts(since)).rows %}
        {% set account = {} %}
        {% for name, value in row.dict().items() %}
            {% do account.update({name: value | int if name in ('rows', 'days', 'creatives', 'with_text', 'with_media') else value}) %}
        {% endfor %}
        {% do accounts.append(account) %}
    {% endfor %}
    {{ return(accounts) }}
{% endmacro %}

{# A select: one row per platform, account_id and currency_code. #}
{% macro raw_accounts(since=none) -%}
    {%- set types = raw_types('creatives') -%}
    {%- set metrics_types = raw_types('creative_daily_metrics') -%}
    with

    creatives as (

        select
            platform,
            account_id,
            creative_id,
            max(has_text) as has_text,
            max(has_media) as has_media
        from (
            select
                {{ raw_platform(raw_expression('creatives', 'platform'), types.platform) }} as platform,
                {{ raw_account_id(raw_expression('creatives', 'account_id'), types.account_id) }} as account_id,
                {{ raw_id(raw_expression('creatives', 'creative_id'), types.creative_id) }} as creative_id,
                {{ is_any_given(['headline', 'description']) }} as has_text,
                {{ is_any_given(['image_uri', 'video_uri']) }} as has_media
            from {{ raw_table('creatives') }}
        ) as read_creatives
        where creative_id is not null
        group by platform, account_id, creative_id

    ),

    creatives_by_account as (

        select
            platform,
            account_id,
            count(*) as creatives,
            sum(has_text) as with_text,
            sum(has_media) as with_media
        from creatives
        group by platform, account_id

    ),

    metrics as (

        select
            platform,
            account_id,
            currency_code,
            creative_id,
            date_day,
            count(*) as metric_rows,
            sum(coalesce(spend, 0)) as spend
        from (
            {{ raw_metrics(metrics_types, since) }}
        ) as read_metrics
        where {{ is_day_that_counts('date_day') }}
        group by platform, account_id, currency_code, creative_id, date_day

    ),

    metrics_by_account as (

        select
            metrics.platform,
            metrics.account_id,
            metrics.currency_code,
            sum(metrics.metric_rows) as metric_rows,
            count(distinct metrics.date_day) as days,
            min(metrics.date_day) as first_day,
            max(metrics.date_day) as last_day,
            sum(metrics.spend) as spend,
            sum(case when creatives.creative_id is not null then metrics.spend else 0 end) as spend_found
        from metrics
        left join creatives
            on
                metrics.platform = creatives.platform
                and coalesce(metrics.account_id, '') = coalesce(creatives.account_id, '')
                and metrics.creative_id = creatives.creative_id
        group by metrics.platform, metrics.account_id, metrics.currency_code

    )

    select
        metrics_by_account.platform,
        metrics_by_account.account_id,
        metrics_by_account.currency_code,
        metrics_by_account.metric_rows as {{ adapter.quote('rows') }},
        metrics_by_account.days,
        {{ dbt.cast('metrics_by_account.first_day', dbt.type_string()) }} as first_day,
        {{ dbt.cast('metrics_by_account.last_day', dbt.type_string()) }} as last_day,
        {{ dbt.cast('metrics_by_account.spend', dbt.type_string()) }} as spend,
        {{ dbt.cast('metrics_by_account.spend_found', dbt.type_string()) }} as spend_found,
        coalesce(creatives_by_account.creatives, 0) as creatives,
        coalesce(creatives_by_account.with_text, 0) as with_text,
        coalesce(creatives_by_account.with_media, 0) as with_media
    from metrics_by_account
    left join creatives_by_account
        on
            metrics_by_account.platform = creatives_by_account.platform
            and coalesce(metrics_by_account.account_id, '') = coalesce(creatives_by_account.account_id, '')
    order by metrics_by_account.platform, metrics_by_account.account_id, metrics_by_account.currency_code
{%- endmacro %}

{# 1 where one of these columns of the raw creatives has a text, else 0. #}
{% macro is_any_given(columns) -%}
    case
        when
            {%- for column in columns %}
            {{ 'or ' if not loop.first }}{{ trimmed(raw_expression('creatives', column)) }} is not null
            {%- endfor %}
            then 1
        else 0
    end
{%- endmacro %}
