with

texts as (

    select * from {{ ref('int_creatives__embedding_text') }}

),

final as (

    select distinct
        text_hash,
        embedding_text
    from texts
    where text_hash is not null

)

select * from final
