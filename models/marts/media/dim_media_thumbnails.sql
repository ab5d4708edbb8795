with

thumbnails as (

    select * from {{ source('jobs', 'media_thumbnails') }}

),

image_hashes as (

    select * from {{ source('jobs', 'image_hashes') }}

),

video_hashes as (

    select * from {{ source('jobs', 'video_hashes') }}

),

hashed as (

    select * from {{ ref('int_media__hashed') }}

),

themes as (

    select * from {{ ref('int_media__themes') }}

),

addresses as (

    select
        content_sha256,
        image_uri as media_uri
    from image_hashes

    union all

    select
        content_sha256,
        video_uri as media_uri
    from video_hashes

),

first_addresses as (

    select
        content_sha256,
        min(media_uri) as media_uri
    from addresses
    group by content_sha256

),

themes_of_contents as (

    select
        hashed.content_sha256,
        min(themes.image_theme_id) as image_theme_id,
        min(case when themes.media_uri = themes.leader_uri then 1 else 2 end) as place
    from hashed
    inner join themes
        on hashed.media_uri = themes.media_uri
    group by hashed.content_sha256

),

final as (

    select
        thumbnails.content_sha256,
        thumbnails.media_type,
        first_addresses.media_uri,
        themes_of_contents.image_theme_id,
        thumbnails.starts_at,
        thumbnails.width,
        thumbnails.height,
        thumbnails.webp,
        -- A leader may have none, because its file was gone.
        themes_of_contents.image_theme_id is not null
        and row_number() over (
            partition by themes_of_contents.image_theme_id
            order by themes_of_contents.place, thumbnails.content_sha256
        ) = 1 as stands_for_theme
    from thumbnails
    left join first_addresses
        on thumbnails.content_sha256 = first_addresses.content_sha256
    left join themes_of_contents
        on thumbnails.content_sha256 = themes_of_contents.content_sha256

)

select * from final
