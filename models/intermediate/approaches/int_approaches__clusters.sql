with

snapshots as (

    select * from {{ source('jobs', 'approach_snapshots') }}

),

cluster_runs as (

    select * from {{ source('jobs', 'cluster_runs') }}

),

clusters as (

    select * from {{ source('jobs', 'clusters') }}

),

lifetimes as (

    select * from {{ ref('int_approaches__lifetimes') }}

),

approach_names as (

    select * from {{ ref('int_approaches__names_latest') }}

),

-- A cluster's number means nothing in another clustering: only what was tracked from the present one counts.
-- Inner joins: runs and clusters are written together, and whatever has a cluster has a lifetime.
tracked as (

    select
        snapshots.cohort_id,
        snapshots.period_start,
        snapshots.approach_id,
        snapshots.cluster,
        clusters.stability,
        clusters.theme,
        row_number() over (
            partition by snapshots.cohort_id, snapshots.period_start, clusters.theme
            order by lifetimes.first_period_start asc, snapshots.approach_id asc
        ) as seniority,
        count(*) over (
            partition by snapshots.cohort_id, snapshots.period_start, clusters.theme
        ) as approaches_of_theme
    from snapshots
    inner join cluster_runs
        on
            snapshots.cohort_id = cluster_runs.cohort_id
            and snapshots.period_start = cluster_runs.period_start
            and snapshots.cluster_input_hash = cluster_runs.input_hash
    inner join clusters
        on
            snapshots.cohort_id = clusters.cohort_id
            and snapshots.period_start = clusters.period_start
            and snapshots.cluster = clusters.cluster
    inner join lifetimes
        on snapshots.approach_id = lifetimes.approach_id
    where snapshots.status != 'INACTIVE'

),

-- Theme numbers change with every clustering, approaches live on: the oldest one speaks for its theme.
themes as (

    select
        tracked.cohort_id,
        tracked.period_start,
        tracked.theme,
        tracked.approach_id as approach_theme_id,
        approach_names.approach_name || case
            when tracked.approaches_of_theme = 1 then ''
            else ' and ' || cast(tracked.approaches_of_theme - 1 as {{ dbt.type_string() }}) || ' more'
        end as approach_theme_name
    from tracked
    left join approach_names
        on tracked.approach_id = approach_names.approach_id
    where tracked.seniority = 1

),

final as (

    select
        tracked.cohort_id,
        tracked.period_start,
        tracked.approach_id,
        tracked.cluster,
        tracked.stability,
        themes.approach_theme_id,
        themes.approach_theme_name,
        -- A pattern at least, as Hennig (2007) reads it. docs/decisions.md has more.
        tracked.stability >= 0.6 as is_stable
    from tracked
    inner join themes
        on
            tracked.cohort_id = themes.cohort_id
            and tracked.period_start = themes.period_start
            and tracked.theme = themes.theme

)

select * from final
