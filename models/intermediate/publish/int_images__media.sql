with

pictures as (

    select * from {{ ref('int_images__pictures') }}

),

final as (

    select
        image_uri as media_uri,
        'image' as media_type,
        created_at,
        content_sha256,
        representative_uri
    from pictures

)

select * from final
