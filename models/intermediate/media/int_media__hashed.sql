with

pictures as (

    select * from {{ ref('int_images__pictures') }}

),

films as (

    select * from {{ ref('int_videos__films') }}

),

final as (

    select
        image_uri as media_uri,
        'image' as media_type,
        created_at,
        content_sha256,
        representative_uri
    from pictures

    union all

    select
        video_uri as media_uri,
        'video' as media_type,
        created_at,
        content_sha256,
        representative_uri
    from films

)

select * from final
