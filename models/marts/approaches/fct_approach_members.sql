with

activity as (

    select * from {{ ref('int_activity__by_period') }}

),

assigned as (

    select * from {{ ref('int_creatives__assigned_to_approaches') }}

),

final as (

    select
        activity.cohort_id,
        activity.period_start,
        activity.version_key,
        activity.creative_key,
        activity.currency_code,
        assigned.assignment_status,
        assigned.approach_id,
        assigned.is_attached,
        assigned.is_placed_by_image,
        assigned.distance_to_centroid,
        activity.impressions,
        activity.clicks,
        activity.spend,
        activity.conversions,
        activity.conversions_value,
        activity.reach
    from activity
    inner join assigned
        on
            activity.cohort_id = assigned.cohort_id
            and activity.period_start = assigned.period_start
            and activity.version_key = assigned.version_key

)

select * from final
