-- A theme has the approach whose id it bears, and at most the clusters that the other themes leave to it. An
-- override may take a cluster apart. The mart shows no more approaches of a theme than it has.
with

approach_clusters as (

    select * from {{ ref('int_approaches__clusters') }}

),

cluster_runs as (

    select * from {{ source('jobs', 'cluster_runs') }}

),

theme_periods as (

    select * from {{ ref('fct_approach_theme_periods') }}

),

themes as (

    select
        cohort_id,
        period_start,
        approach_theme_id,
        count(*) as approaches,
        count(distinct cluster) as clusters,
        sum(case when approach_id = approach_theme_id then 1 else 0 end) as bearers
    from approach_clusters
    group by
        cohort_id,
        period_start,
        approach_theme_id

),

shown as (

    select
        cohort_id,
        period_start,
        approach_theme_id,
        max(approaches) as approaches
    from theme_periods
    where assignment_status = 'assigned'
    group by
        cohort_id,
        period_start,
        approach_theme_id

),

final as (

    select
        themes.cohort_id,
        themes.period_start,
        themes.approach_theme_id,
        themes.approaches,
        shown.approaches as shown_approaches
    from themes
    inner join cluster_runs
        on
            themes.cohort_id = cluster_runs.cohort_id
            and themes.period_start = cluster_runs.period_start
    left join shown
        on
            themes.cohort_id = shown.cohort_id
            and themes.period_start = shown.period_start
            and themes.approach_theme_id = shown.approach_theme_id
    where
        themes.bearers != 1
        or themes.clusters > cluster_runs.clusters - cluster_runs.themes + 1
        or shown.approaches > themes.approaches

)

select * from final
