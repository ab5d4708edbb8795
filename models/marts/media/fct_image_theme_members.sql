with

themes as (

    select * from {{ ref('int_media__themes') }}

),

creative_themes as (

    select * from {{ ref('int_creatives__image_themes') }}

),

creatives_of_media as (

    select
        media_uri,
        count(distinct creative_key) as creatives
    from creative_themes
    group by media_uri

),

final as (

    select
        themes.media_uri,
        themes.content_sha256,
        themes.media_type,
        themes.width,
        themes.height,
        themes.aspect_ratio,
        themes.image_theme_id,
        themes.leader_uri,
        themes.joined_uri,
        themes.match_rule,
        themes.match_in_words,
        themes.hash_kind,
        themes.distance,
        themes.fine_distance,
        themes.fine_distance_to_leader,
        themes.confidence,
        coalesce(creatives_of_media.creatives, 0) as creatives
    from themes
    left join creatives_of_media
        on themes.media_uri = creatives_of_media.media_uri

)

select * from final
