with

creatives as (

    select * from {{ ref('int_creatives__contents') }}

),

themes as (

    select * from {{ ref('int_media__themes') }}

),

-- The image of a creative with a video is often one of its frames: the video says what is shown.
final as (

    select
        creatives.version_key,
        creatives.creative_key,
        coalesce(video_themes.media_uri, image_themes.media_uri) as media_uri,
        coalesce(video_themes.image_theme_id, image_themes.image_theme_id) as image_theme_id,
        coalesce(video_themes.leader_uri, image_themes.leader_uri) as leader_uri,
        case
            when video_themes.media_uri is not null then video_themes.aspect_ratio
            else image_themes.aspect_ratio
        end as aspect_ratio
    from creatives
    left join themes as video_themes
        on creatives.video_uri = video_themes.media_uri
    left join themes as image_themes
        on creatives.image_uri = image_themes.media_uri
    where coalesce(video_themes.image_theme_id, image_themes.image_theme_id) is not null

)

select * from final
