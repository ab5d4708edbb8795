with

events as (

    select * from {{ ref('stg_jobs__approach_events') }}

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
        events.to_share
    from events
    left join approach_names as from_names
        on events.from_approach_id = from_names.approach_id
    left join approach_names as to_names
        on events.to_approach_id = to_names.approach_id

)

select * from final
