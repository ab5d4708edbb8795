{%- set since = window_start(model) %}

with

source as (

    {{ raw_rows('creative_daily_metrics', since) }}

),

cleaned as (

    select
        cast(date_day as date) as date_day,
        {{ clean_id('creative_id') }} as creative_id,
        lower({{ clean_id('platform') }}) as platform,
        {{ clean_id('account_id') }} as account_id,
        {{ clean_id('campaign_id') }} as campaign_id,
        -- XXX is ISO 4217's code for no currency.
        coalesce(upper({{ clean_id('currency_code') }}), 'XXX') as currency_code,
        coalesce(cast(impressions as {{ dbt.type_bigint() }}), 0) as impressions,
        coalesce(cast(clicks as {{ dbt.type_bigint() }}), 0) as clicks,
        coalesce(cast(spend as {{ type_money() }}), 0) as spend,
        coalesce(cast(conversions as {{ type_money() }}), 0) as conversions,
        coalesce(cast(conversions_value as {{ type_money() }}), 0) as conversions_value,
        cast(reach as {{ dbt.type_bigint() }}) as reach
    from source

),

versions as (

    select distinct
        {{ surrogate_key(['platform', 'account_id', 'creative_id']) }} as creative_key,
        *
    from cleaned

),

ranked as (

    select
        *,
        count(*) over (
            partition by date_day, creative_key, campaign_id, currency_code
        ) as source_versions,
        -- Platforms restate a day upwards as late events arrive, so the fullest version is the newest.
        row_number() over (
            partition by date_day, creative_key, campaign_id, currency_code
            order by
                impressions desc,
                spend desc,
                clicks desc,
                conversions desc,
                conversions_value desc,
                reach desc nulls last
        ) as version_rank
    from versions

),

final as (

    select
        date_day,
        creative_key,
        creative_id,
        platform,
        account_id,
        campaign_id,
        currency_code,
        impressions,
        clicks,
        spend,
        conversions,
        conversions_value,
        reach,
        source_versions
    from ranked
    where version_rank = 1

)

select * from final
