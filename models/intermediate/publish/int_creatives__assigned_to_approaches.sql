with

activity as (

    select * from {{ ref('int_activity__by_period') }}

),

members as (

    select * from {{ ref('int_cohorts__members') }}

),

assignments as (

    select * from {{ ref('stg_jobs__cluster_assignments') }}

),

snapshots as (

    select * from {{ ref('stg_jobs__approach_snapshots') }}

),

cluster_runs as (

    select * from {{ ref('stg_jobs__cluster_runs') }}

),

-- Activity decides who is here, so that no spend is lost whatever the jobs have written.
active_creatives as (

    select distinct
        cohort_id,
        period_start,
        creative_key
    from activity

),

clusters_with_approach as (

    -- A cluster's number means nothing in another clustering: only what was tracked from this one counts.
    select
        snapshots.cohort_id,
        snapshots.period_start,
        snapshots.cluster,
        snapshots.approach_id
    from snapshots
    inner join cluster_runs
        on
            snapshots.cohort_id = cluster_runs.cohort_id
            and snapshots.period_start = cluster_runs.period_start
            and snapshots.cluster_input_hash = cluster_runs.input_hash
    where snapshots.status != 'INACTIVE'

),

final as (

    select
        active_creatives.cohort_id,
        active_creatives.period_start,
        active_creatives.creative_key,
        clusters_with_approach.approach_id,
        case
            when clusters_with_approach.approach_id is not null then 'assigned'
            when assignments.is_outlier then 'outlier'
            -- Not clustered yet, or clustered but not tracked yet.
            when assignments.creative_key is not null or members.text_hash is not null then 'pending'
            else 'unclusterable'
        end as assignment_status,
        case
            when clusters_with_approach.approach_id is not null then assignments.distance_to_centroid
        end as distance_to_centroid
    from active_creatives
    left join members
        on
            active_creatives.cohort_id = members.cohort_id
            and active_creatives.period_start = members.period_start
            and active_creatives.creative_key = members.creative_key
    left join assignments
        on
            active_creatives.cohort_id = assignments.cohort_id
            and active_creatives.period_start = assignments.period_start
            and active_creatives.creative_key = assignments.creative_key
    left join clusters_with_approach
        on
            assignments.cohort_id = clusters_with_approach.cohort_id
            and assignments.period_start = clusters_with_approach.period_start
            and assignments.cluster = clusters_with_approach.cluster
            and not assignments.is_outlier

)

select * from final
