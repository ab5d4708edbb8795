-- In a cohort and period that was tracked, each cluster is one approach. Before that its members are pending.
with

assignments as (

    select * from {{ ref('stg_jobs__cluster_assignments') }}

),

cluster_runs as (

    select * from {{ ref('stg_jobs__cluster_runs') }}

),

-- Only what was tracked from the present clustering.
snapshots as (

    select tracked_snapshots.*
    from {{ ref('stg_jobs__approach_snapshots') }} as tracked_snapshots
    inner join cluster_runs
        on
            tracked_snapshots.cohort_id = cluster_runs.cohort_id
            and tracked_snapshots.period_start = cluster_runs.period_start
            and tracked_snapshots.cluster_input_hash = cluster_runs.input_hash

),

tracked as (

    select distinct
        cohort_id,
        period_start
    from snapshots
    where cluster is not null

),

final as (

    select
        assignments.cohort_id,
        assignments.period_start,
        assignments.creative_key,
        count(snapshots.approach_id) as approaches
    from assignments
    inner join tracked
        on
            assignments.cohort_id = tracked.cohort_id
            and assignments.period_start = tracked.period_start
    left join snapshots
        on
            assignments.cohort_id = snapshots.cohort_id
            and assignments.period_start = snapshots.period_start
            and assignments.cluster = snapshots.cluster
    where not assignments.is_outlier
    group by
        assignments.cohort_id,
        assignments.period_start,
        assignments.creative_key
    having count(snapshots.approach_id) != 1

)

select * from final
