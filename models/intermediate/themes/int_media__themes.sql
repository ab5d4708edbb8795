with

addresses as (

    select * from {{ ref('int_media__addresses') }}

),

themes as (

    select * from {{ source('jobs', 'image_themes') }}

),

-- People are shown addresses. Those of one file are one member of the theme, and the first stands for it.
placed as (

    select
        themes.*,
        addresses.media_uri,
        addresses.first_uri,
        addresses.width,
        addresses.height,
        addresses.media_uri = addresses.first_uri as is_first,
        first_value(addresses.media_uri) over (
            partition by themes.image_theme_id
            order by addresses.created_at nulls last, addresses.media_uri
        ) as first_uri_of_theme
    from addresses
    inner join themes
        on addresses.content_sha256 = themes.content_sha256
    where addresses.is_shown

),

first_addresses as (

    select
        content_sha256,
        media_uri
    from addresses
    where media_uri = first_uri

),

final as (

    select
        placed.media_uri,
        placed.content_sha256,
        placed.media_type,
        placed.image_theme_id,
        placed.width,
        placed.height,
        placed.fine_distance_to_leader,
        placed.confidence,
        {{ aspect_ratio('placed.width', 'placed.height') }} as aspect_ratio,
        case when placed.is_first then joined.media_uri else placed.first_uri end as joined_uri,
        case when placed.is_first then placed.match_rule else 'same_file' end as match_rule,
        case when placed.is_first then placed.match_in_words else 'the same file' end as match_in_words,
        case when placed.is_first then placed.hash_kind end as hash_kind,
        case when placed.is_first then placed.distance end as distance,
        case when placed.is_first then placed.fine_distance end as fine_distance,
        -- Until job group-media runs again, the file of a leader may have changed.
        coalesce(leaders.media_uri, placed.first_uri_of_theme) as leader_uri
    from placed
    left join first_addresses as leaders
        on placed.leader_sha256 = leaders.content_sha256
    left join first_addresses as joined
        on placed.joined_sha256 = joined.content_sha256

)

select * from final
