with

events as (

    select
        *,
        -- A snapshot measures what its approach continues, and no other event.
        case when kind in ('continued', 'reactivated') then to_approach_id end as continuing_approach_id
    from {{ source('jobs', 'approach_events') }}

),

snapshots as (

    select * from {{ source('jobs', 'approach_snapshots') }}

),

approach_names as (

    select * from {{ ref('int_approaches__names_latest') }}

),

final as (

    select
        events.event_id,
        events.cohort_id,
        events.period_start,
        events.kind,
        events.from_approach_id,
        from_names.approach_name as from_approach_name,
        events.to_approach_id,
        to_names.approach_name as to_approach_name,
        events.shared_creatives,
        events.from_share,
        events.to_share,
        snapshots.evidence,
        snapshots.overlap,
        snapshots.present_overlap,
        snapshots.centroid_distance,
        snapshots.distance_limit
    from events
    left join approach_names as from_names
        on events.from_approach_id = from_names.approach_id
    left join approach_names as to_names
        on events.to_approach_id = to_names.approach_id
    left join snapshots
        on
            events.cohort_id = snapshots.cohort_id
            and events.period_start = snapshots.period_start
            and events.continuing_approach_id = snapshots.approach_id

)

select * from final
