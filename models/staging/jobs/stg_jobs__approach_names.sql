with

source as (

    select * from {{ source('jobs', 'approach_names') }}

),

final as (

    select
        cohort_id,
        approach_id,
        from_period_start,
        name,
        description,
        model,
        prompt_version,
        input_hash
    from source

)

select * from final
