with

snapshots as (

    select * from {{ source('jobs', 'approach_snapshots') }}

),

approaches as (

    select * from {{ ref('dim_approaches') }}

),

final as (

    select distinct snapshots.approach_id
    from snapshots
    left join approaches
        on
            snapshots.approach_id = approaches.approach_id
            and snapshots.cohort_id = approaches.cohort_id
    where approaches.approach_id is null

)

select * from final
