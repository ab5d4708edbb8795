with

video_hashes as (

    select * from {{ source('jobs', 'video_hashes') }}

),

-- Videos that no creative shows any more keep their hashes, and have no part in themes.
shown as (

    select * from {{ ref('int_videos__distinct') }}
    where is_latest

),

-- What can be read as a picture, such as a GIF that creatives give as both, is one.
pictures as (

    select * from {{ ref('int_images__pictures') }}

),

final as (

    select
        video_hashes.video_uri,
        shown.created_at,
        video_hashes.content_sha256,
        first_value(video_hashes.video_uri) over (
            partition by video_hashes.content_sha256
            order by shown.created_at nulls last, video_hashes.video_uri
        ) as representative_uri
    from video_hashes
    inner join shown
        on video_hashes.video_uri = shown.video_uri
    left join pictures
        on video_hashes.video_uri = pictures.image_uri
    where
        video_hashes.status = 'hashed'
        and pictures.image_uri is null

)

select * from final
