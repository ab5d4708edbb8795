with

thumbnails as (

    select * from {{ source('jobs', 'media_thumbnails') }}

),

addresses as (

    select * from {{ ref('int_media__addresses') }}

),

themes as (

    select * from {{ ref('int_media__themes') }}

),

first_addresses as (

    select
        content_sha256,
        media_uri
    from addresses
    where media_uri = first_uri

),

themes_of_contents as (

    select distinct
        content_sha256,
        image_theme_id,
        leader_uri
    from themes

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
            order by
                case when first_addresses.media_uri = themes_of_contents.leader_uri then 1 else 2 end,
                thumbnails.content_sha256
        ) = 1 as stands_for_theme
    from thumbnails
    left join first_addresses
        on thumbnails.content_sha256 = first_addresses.content_sha256
    left join themes_of_contents
        on thumbnails.content_sha256 = themes_of_contents.content_sha256

)

select * from final
