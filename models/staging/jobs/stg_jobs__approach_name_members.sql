with

source as (

    select * from {{ source('jobs', 'approach_name_members') }}

),

final as (

    select
        cohort_id,
        approach_id,
        from_period_start,
        creative_key
    from source

)

select * from final
