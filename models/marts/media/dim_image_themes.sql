with

themes as (

    select * from {{ ref('int_media__themes') }}

),

creative_themes as (

    select * from {{ ref('int_creatives__image_themes') }}

),

latest_approach as (

    select * from {{ ref('int_creatives__latest_approach') }}

),

creatives_of_theme as (

    select
        creative_themes.image_theme_id,
        count(distinct creative_themes.creative_key) as creatives,
        count(distinct latest_approach.approach_id) as approaches
    from creative_themes
    left join latest_approach
        on creative_themes.creative_key = latest_approach.creative_key
    group by creative_themes.image_theme_id

),

grouped as (

    select
        image_theme_id,
        leader_uri,
        min(media_type) as media_type,
        count(*) as files,
        count(distinct content_sha256) as contents,
        max(fine_distance_to_leader) as max_fine_distance,
        min(confidence) as min_confidence
    from themes
    group by
        image_theme_id,
        leader_uri

),

final as (

    select
        grouped.image_theme_id,
        grouped.leader_uri,
        grouped.media_type,
        grouped.files,
        grouped.contents,
        grouped.max_fine_distance,
        grouped.min_confidence,
        coalesce(creatives_of_theme.creatives, 0) as creatives,
        coalesce(creatives_of_theme.approaches, 0) as approaches
    from grouped
    left join creatives_of_theme
        on grouped.image_theme_id = creatives_of_theme.image_theme_id

)

select * from final
