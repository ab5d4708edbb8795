with

source as (

    select * from {{ source('jobs', 'approach_members') }}

),

final as (

    select
        cohort_id,
        period_start,
        creative_key,
        approach_id,
        traced_approach_id
    from source

)

select * from final
