{%- set since = window_start(model) %}

with

metrics as (

    select * from {{ ref('stg_raw__creative_daily_metrics') }}
    {% if since is not none %}
    where date_day >= {{ since }}
    {% endif %}

),

versions as (

    select * from {{ ref('int_creatives__versions') }}

),

active_rows as (

    select
        metrics.creative_key,
        metrics.creative_id,
        metrics.platform,
        metrics.account_id,
        metrics.campaign_id,
        versions.format,
        versions.placement,
        metrics.date_day,
        metrics.currency_code,
        metrics.impressions,
        metrics.clicks,
        metrics.spend,
        metrics.conversions,
        metrics.conversions_value,
        metrics.reach,
        -- Left join: spend of creatives that the creatives table has never held must not get lost.
        coalesce(versions.version_key, metrics.creative_key) as version_key
    from metrics
    -- A day's results belong to what was shown on that day.
    left join versions
        on
            metrics.creative_key = versions.creative_key
            and metrics.date_day >= versions.valid_from
            and metrics.date_day <= versions.valid_to
    where
        metrics.impressions != 0
        or metrics.clicks != 0
        or metrics.spend != 0
        or metrics.conversions != 0
        or metrics.conversions_value != 0

),

placed as (

    select
        *,
        {{ cohort_id() }} as cohort_id,
        {{ period_start('date_day', var('period_grain')) }} as period_start
    from active_rows

),

final as (

    select
        cohort_id,
        period_start,
        version_key,
        currency_code,
        creative_key,
        creative_id,
        platform,
        account_id,
        cast(sum(impressions) as {{ dbt.type_bigint() }}) as impressions,
        cast(sum(clicks) as {{ dbt.type_bigint() }}) as clicks,
        cast(sum(spend) as {{ type_money() }}) as spend,
        cast(sum(conversions) as {{ type_money() }}) as conversions,
        cast(sum(conversions_value) as {{ type_money() }}) as conversions_value,
        cast(sum(reach) as {{ dbt.type_bigint() }}) as reach,
        cast(
            sum(case when reach is not null then impressions end) as {{ dbt.type_bigint() }}
        ) as impressions_with_reach,
        count(reach) as reach_measurements,
        count(distinct date_day) as active_days,
        max(date_day) as last_day
    from placed
    group by
        cohort_id,
        period_start,
        version_key,
        currency_code,
        creative_key,
        creative_id,
        platform,
        account_id

)

select * from final
