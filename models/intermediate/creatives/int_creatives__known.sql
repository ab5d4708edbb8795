with

creatives as (

    select * from {{ ref('int_creatives__contents') }}
    where is_latest

),

activity as (

    select * from {{ ref('int_activity__by_period') }}

),

-- Activity may be of creatives that the creatives table has never held.
unrecorded as (

    select distinct
        activity.creative_key,
        activity.creative_id,
        activity.platform,
        activity.account_id
    from activity
    left join creatives
        on activity.creative_key = creatives.creative_key
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
