with

themes as (

    select * from {{ ref('int_images__themes') }}

),

creatives as (

    select * from {{ ref('int_creatives__deduplicated') }}

),

creatives_of_image as (

    select
        image_uri,
        count(*) as creatives
    from creatives
    where image_uri is not null
    group by image_uri

),

final as (

    select
        themes.image_theme_id,
        themes.leader_image_uri,
        cast(coalesce(sum(creatives_of_image.creatives), 0) as int64) as creatives,
        count(*) as images,
        max(themes.distance_to_leader) as max_distance
    from themes
    left join creatives_of_image
        on themes.image_uri = creatives_of_image.image_uri
    group by
        themes.image_theme_id,
        themes.leader_image_uri

)

select * from final
