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
        distinction,
        model,
        prompt_version,
        input_hash,
        fallback_reason
    from source

)

select * from final
