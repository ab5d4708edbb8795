with

source as (

    select * from {{ source('jobs', 'approach_events') }}

),

final as (

    select
        event_id,
        cohort_id,
        period_start,
        kind,
        from_approach_id,
        to_approach_id,
        shared_creatives,
        from_share,
        to_share
    from source

)

select * from final
