with

image_hashes as (

    select * from {{ source('jobs', 'image_hashes') }}
    where status = 'hashed'

),

video_hashes as (

    select * from {{ source('jobs', 'video_hashes') }}
    where status = 'hashed'

),

images as (

    select * from {{ ref('int_images__distinct') }}
    where is_latest

),

videos as (

    select * from {{ ref('int_videos__distinct') }}
    where is_latest

),

hashed as (

    select
        coalesce(image_hashes.image_uri, video_hashes.video_uri) as media_uri,
        coalesce(image_hashes.content_sha256, video_hashes.content_sha256) as content_sha256,
        coalesce(image_hashes.width, video_hashes.width) as width,
        coalesce(image_hashes.height, video_hashes.height) as height
    from image_hashes
    full outer join video_hashes
        on image_hashes.image_uri = video_hashes.video_uri

),

addresses as (

    select
        hashed.media_uri,
        hashed.content_sha256,
        hashed.width,
        hashed.height,
        coalesce(images.created_at, videos.created_at) as created_at,
        images.image_uri is not null or videos.video_uri is not null as is_shown
    from hashed
    left join images
        on hashed.media_uri = images.image_uri
    left join videos
        on hashed.media_uri = videos.video_uri

),

final as (

    select
        *,
        first_value(media_uri) over (
            partition by content_sha256
            order by is_shown desc, created_at asc nulls last, media_uri asc
        ) as first_uri
    from addresses

)

select * from final
