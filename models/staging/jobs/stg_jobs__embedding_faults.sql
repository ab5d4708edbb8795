with

source as (

    select * from {{ source('jobs', 'embedding_faults') }}

),

final as (

    select
        text_hash,
        model,
        backend,
        dimensions,
        reason,
        detail
    from source

)

select * from final
