with

activity as (

    select * from {{ ref('int_activity__by_period') }}

),

assigned as (

    select * from {{ ref('int_creatives__assigned_to_approaches') }}

),

creatives as (

    select * from {{ ref('int_creatives__with_content_hash') }}

),

final as (

    select
        activity.cohort_id,
        assigned.approach_id,
        activity.period_start,
        activity.currency_code,
        activity.creative_key,
        activity.impressions,
        activity.clicks,
        activity.spend,
        activity.conversions,
        activity.conversions_value,
        coalesce(creatives.content_hash, activity.creative_key) as content_key,
        coalesce(activity.reach, 0) as reach,
        coalesce(activity.impressions_with_reach, 0) as impressions_with_reach
    from activity
    inner join assigned
        on
            activity.cohort_id = assigned.cohort_id
            and activity.period_start = assigned.period_start
            and activity.creative_key = assigned.creative_key
    left join creatives
        on activity.creative_key = creatives.creative_key
    where assigned.assignment_status = 'assigned'

)

select * from final
