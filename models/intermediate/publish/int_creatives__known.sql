with

creatives as (

    select * from {{ ref('int_creatives__deduplicated') }}

),

metrics as (

    select * from {{ ref('stg_raw__creative_daily_metrics') }}

),

-- Metrics may speak of creatives that the creatives table has never held.
unrecorded as (

    select distinct
        metrics.creative_key,
        metrics.creative_id,
        metrics.platform,
        metrics.account_id
    from metrics
    left join creatives
        on metrics.creative_key = creatives.creative_key
    where creatives.creative_key is null

),

final as (

    select
        creative_key,
        creative_id,
        platform,
        account_id,
        true as has_creative_record
    from creatives

    union all

    select
        creative_key,
        creative_id,
        platform,
        account_id,
        false as has_creative_record
    from unrecorded

)

select * from final
