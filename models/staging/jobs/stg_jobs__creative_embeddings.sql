with

source as (

    select * from {{ source('jobs', 'creative_embeddings') }}

),

final as (

    select
        text_hash,
        model,
        backend,
        dimensions,
        embedding
    from source

)

select * from final
