with

activity as (

    select * from {{ ref('int_activity__by_period') }}

),

members as (

    select * from {{ ref('int_cohorts__members') }}

),

assignments as (

    select
        *,
        -- An assignment without cluster has no approach.
        case when cluster is not null then version_key end as clustered_version_key
    from {{ source('jobs', 'cluster_assignments') }}

),

approach_members as (

    select * from {{ source('jobs', 'approach_members') }}

),

-- Only what was tracked from the present clustering.
approach_clusters as (

    select * from {{ ref('int_approaches__clusters') }}

),

cluster_runs as (

    select * from {{ source('jobs', 'cluster_runs') }}

),

creative_themes as (

    select * from {{ ref('int_creatives__image_themes') }}

),

first_open_periods as (

    {{ first_open_periods('activity') }}

),

-- Activity decides who is here, so that no spend is lost whatever the jobs have written.
active_creatives as (

    select distinct
        cohort_id,
        period_start,
        version_key,
        creative_key
    from activity

),

clustered as (

    select
        active_creatives.cohort_id,
        active_creatives.period_start,
        active_creatives.version_key,
        active_creatives.creative_key,
        approach_clusters.approach_id,
        case
            when approach_clusters.approach_id is not null then 'assigned'
            when assignments.is_outlier then 'outlier'
            when assignments.reason is not null then 'unclusterable'
            -- It came after the period was closed.
            when
                assignments.version_key is null and members.has_text
                and cluster_runs.period_start < first_open_periods.first_open_period
                then 'late'
            -- Not clustered yet, or clustered but not tracked yet.
            when assignments.version_key is not null or members.has_text then 'pending'
            when not members.has_creative_record then 'unattributed'
            else 'unclusterable'
        end as assignment_status,
        approach_clusters.approach_id is not null and assignments.is_attached as is_attached,
        case
            when approach_clusters.approach_id is not null then assignments.distance_to_centroid
        end as distance_to_centroid
    from active_creatives
    inner join first_open_periods
        on active_creatives.cohort_id = first_open_periods.cohort_id
    left join members
        on
            active_creatives.cohort_id = members.cohort_id
            and active_creatives.period_start = members.period_start
            and active_creatives.version_key = members.version_key
    left join assignments
        on
            active_creatives.cohort_id = assignments.cohort_id
            and active_creatives.period_start = assignments.period_start
            and active_creatives.version_key = assignments.version_key
    left join cluster_runs
        on
            active_creatives.cohort_id = cluster_runs.cohort_id
            and active_creatives.period_start = cluster_runs.period_start
    left join approach_members
        on
            assignments.cohort_id = approach_members.cohort_id
            and assignments.period_start = approach_members.period_start
            and assignments.clustered_version_key = approach_members.version_key
    left join approach_clusters
        on
            approach_members.cohort_id = approach_clusters.cohort_id
            and approach_members.period_start = approach_clusters.period_start
            and approach_members.approach_id = approach_clusters.approach_id

),

-- The approach that most creatives of a theme are in, where the theme is shown by clustered ones.
theme_approaches as (

    select
        clustered.cohort_id,
        clustered.period_start,
        creative_themes.image_theme_id,
        clustered.approach_id,
        row_number() over (
            partition by clustered.cohort_id, clustered.period_start, creative_themes.image_theme_id
            order by count(*) desc, clustered.approach_id
        ) as preference
    from clustered
    inner join creative_themes
        on clustered.version_key = creative_themes.version_key
    where clustered.approach_id is not null
    group by
        clustered.cohort_id,
        clustered.period_start,
        creative_themes.image_theme_id,
        clustered.approach_id

),

-- What no text can place, its picture may.
with_themes as (

    select
        clustered.*,
        case
            when clustered.assignment_status = 'unclusterable' and {{ var('place_by_image_theme') }}
                then creative_themes.image_theme_id
        end as placing_theme_id
    from clustered
    left join creative_themes
        on clustered.version_key = creative_themes.version_key

),

final as (

    select
        with_themes.cohort_id,
        with_themes.period_start,
        with_themes.version_key,
        with_themes.creative_key,
        with_themes.is_attached,
        with_themes.distance_to_centroid,
        coalesce(with_themes.approach_id, theme_approaches.approach_id) as approach_id,
        case
            when theme_approaches.approach_id is not null then 'assigned'
            else with_themes.assignment_status
        end as assignment_status,
        theme_approaches.approach_id is not null as is_placed_by_image
    from with_themes
    left join theme_approaches
        on
            with_themes.cohort_id = theme_approaches.cohort_id
            and with_themes.period_start = theme_approaches.period_start
            and with_themes.placing_theme_id = theme_approaches.image_theme_id
            and theme_approaches.preference = 1

)

select * from final
