with

snapshots as (

    select * from {{ source('jobs', 'approach_snapshots') }}

),

events as (

    select * from {{ source('jobs', 'approach_events') }}

),

approach_names as (

    select * from {{ ref('int_approaches__names_latest') }}

),

lifetimes as (

    select * from {{ ref('int_approaches__lifetimes') }}

),

approach_clusters as (

    select * from {{ ref('int_approaches__clusters') }}

),

latest as (

    select
        cohort_id,
        approach_id,
        status,
        row_number() over (partition by approach_id order by period_start desc, cohort_id asc) as recency
    from snapshots

),

splits as (

    select
        to_approach_id as approach_id,
        from_approach_id as split_from_approach_id,
        row_number() over (
            partition by to_approach_id
            order by period_start asc, shared_creatives desc, from_approach_id asc
        ) as preference
    from events
    where kind = 'split' and from_approach_id != to_approach_id

),

-- Only a merge after its last activity ended an approach: one that lives on was not taken in.
absorptions as (

    select
        events.from_approach_id as approach_id,
        events.to_approach_id as merged_into_approach_id,
        row_number() over (
            partition by events.from_approach_id
            order by events.period_start desc, events.shared_creatives desc, events.to_approach_id asc
        ) as preference
    from events
    inner join lifetimes
        on events.from_approach_id = lifetimes.approach_id
    where
        events.kind = 'merged'
        and events.from_approach_id != events.to_approach_id
        and events.period_start > lifetimes.last_active_period_start

),

final as (

    select
        latest.approach_id,
        latest.cohort_id,
        approach_names.approach_name,
        approach_names.description,
        approach_names.distinction,
        approach_names.name_traits,
        approach_names.name_model,
        approach_names.is_fallback_name,
        latest.status,
        lifetimes.first_period_start,
        lifetimes.last_active_period_start,
        approach_clusters.stability,
        approach_clusters.is_stable,
        approach_clusters.approach_theme_id,
        approach_clusters.approach_theme_name,
        splits.split_from_approach_id,
        absorptions.merged_into_approach_id,
        case
            when not approach_clusters.is_stable and approach_names.name_traits = ''
                then 'Not stable, and no trait holds its creatives together.'
            when not approach_clusters.is_stable
                then 'Not stable: samples of the same creatives do not reliably form it again.'
            when approach_names.name_traits = ''
                then 'No trait holds its creatives together.'
        end as caution,
        coalesce(lifetimes.active_periods, 0) as active_periods,
        coalesce(lifetimes.creatives, 0) as creatives
    from latest
    left join lifetimes
        on latest.approach_id = lifetimes.approach_id
    left join approach_names
        on latest.approach_id = approach_names.approach_id
    left join approach_clusters
        on
            latest.cohort_id = approach_clusters.cohort_id
            and latest.approach_id = approach_clusters.approach_id
            and lifetimes.last_active_period_start = approach_clusters.period_start
    left join splits
        on latest.approach_id = splits.approach_id and splits.preference = 1
    left join absorptions
        on latest.approach_id = absorptions.approach_id and absorptions.preference = 1
    where latest.recency = 1

)

select * from final
