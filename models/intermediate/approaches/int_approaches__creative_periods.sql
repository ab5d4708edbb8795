with

activity as (

    select * from {{ ref('int_contents__activity') }}

),

assigned as (

    select * from {{ ref('int_creatives__assigned_to_approaches') }}

),

final as (

    select
        activity.cohort_id,
        assigned.approach_id,
        activity.period_start,
        activity.currency_code,
        activity.version_key,
        activity.creative_key,
        activity.content_key,
        activity.impressions,
        activity.clicks,
        activity.spend,
        activity.conversions,
        activity.conversions_value,
        coalesce(activity.reach, 0) as reach,
        coalesce(activity.impressions_with_reach, 0) as impressions_with_reach
    from activity
    inner join assigned
        on
            activity.cohort_id = assigned.cohort_id
            and activity.period_start = assigned.period_start
            and activity.version_key = assigned.version_key
    where assigned.assignment_status = 'assigned'

)

select * from final
