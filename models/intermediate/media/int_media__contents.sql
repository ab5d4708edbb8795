with

pictures as (

    select * from {{ ref('int_images__pictures') }}

),

films as (

    select * from {{ ref('int_videos__films') }}

),

media as (

    select
        content_sha256,
        'image' as media_type,
        created_at,
        representative_sha256
    from pictures

    union all

    select
        content_sha256,
        'video' as media_type,
        created_at,
        content_sha256 as representative_sha256
    from films

),

ranked as (

    select
        *,
        first_value(created_at) over (
            partition by content_sha256
            order by created_at nulls last
        ) as first_created_at,
        row_number() over (partition by content_sha256 order by media_type) as place
    from media

),

-- What creatives give as both, such as a GIF, is a picture, and has the neighbours of both.
final as (

    select
        content_sha256,
        media_type,
        first_created_at as created_at,
        representative_sha256
    from ranked
    where place = 1

)

select * from final
