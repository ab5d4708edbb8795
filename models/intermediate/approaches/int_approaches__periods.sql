with

activity as (

    select * from {{ ref('int_activity__by_period') }}

),

assigned as (

    select * from {{ ref('int_creatives__assigned_to_approaches') }}

),

-- A day in the future is a mistake of the source: it must not make today's periods look complete.
newest as (

    select least(max(last_day), date '{{ run_started_at.strftime("%Y-%m-%d") }}') as newest_day
    from activity

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
            and activity.creative_key = assigned.creative_key
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
        {{ add_periods('summed.period_start', 1, var('period_grain')) }}
        <= {{ add_periods('newest.newest_day', 1, 'day') }} as is_complete,
        {{ add_periods('summed.period_start', 1, var('period_grain')) }}
        <= {{ add_periods('newest.newest_day', 1 - var('conversion_lag_days'), 'day') }} as is_mature
    from summed
    cross join newest

)

select * from final
