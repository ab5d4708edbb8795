with

activity as (

    select * from {{ ref('int_activity__by_period') }}

),

assigned as (

    select * from {{ ref('int_creatives__assigned_to_approaches') }}

),

cohort_periods as (

    select * from {{ ref('int_cohorts__periods') }}

),

-- Creatives outside every approach keep lines of their own, so that the sums reconcile with the source.
summed as (

    select
        activity.cohort_id,
        activity.period_start,
        assigned.assignment_status,
        assigned.approach_id,
        activity.currency_code,
        count(distinct activity.creative_key) as creatives,
        {{ performance_sums() }}
    from activity
    inner join assigned
        on
            activity.cohort_id = assigned.cohort_id
            and activity.period_start = assigned.period_start
            and activity.version_key = assigned.version_key
    group by
        activity.cohort_id,
        activity.period_start,
        assigned.assignment_status,
        assigned.approach_id,
        activity.currency_code

),

final as (

    select
        summed.*,
        {{ performance_ratios() }},
        coalesce(cohort_periods.is_complete, false) as is_complete,
        coalesce(cohort_periods.is_mature, false) as is_mature
    from summed
    -- Left join: whatever is known of its days, no spend may get lost.
    left join cohort_periods
        on
            summed.cohort_id = cohort_periods.cohort_id
            and summed.period_start = cohort_periods.period_start

)

select * from final
