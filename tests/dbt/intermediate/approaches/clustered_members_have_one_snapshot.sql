-- In a cohort and period that was tracked, each clustered creative is in one approach. Before, it is
-- pending.
with

assignments as (

    select * from {{ source('jobs', 'cluster_assignments') }}

),

members as (

    select * from {{ source('jobs', 'approach_members') }}

),

-- Only what was tracked from the present clustering.
approach_clusters as (

    select * from {{ ref('int_approaches__clusters') }}

),

tracked as (

    select distinct
        cohort_id,
        period_start
    from approach_clusters

),

final as (

    select
        assignments.cohort_id,
        assignments.period_start,
        assignments.version_key,
        count(approach_clusters.approach_id) as approaches
    from assignments
    inner join tracked
        on
            assignments.cohort_id = tracked.cohort_id
            and assignments.period_start = tracked.period_start
    left join members
        on
            assignments.cohort_id = members.cohort_id
            and assignments.period_start = members.period_start
            and assignments.version_key = members.version_key
    left join approach_clusters
        on
            members.cohort_id = approach_clusters.cohort_id
            and members.period_start = approach_clusters.period_start
            and members.approach_id = approach_clusters.approach_id
    where assignments.cluster is not null
    group by
        assignments.cohort_id,
        assignments.period_start,
        assignments.version_key
    having count(approach_clusters.approach_id) != 1

)

select * from final
