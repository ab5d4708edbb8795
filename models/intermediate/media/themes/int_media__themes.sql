with

led as (

    select * from {{ ref('int_media__led_apart') }}

),

media as (

    select * from {{ ref('int_media__hashed') }}

),

media_pairs as (

    select * from {{ ref('int_media__near_pairs') }}

),

pictures as (

    select * from {{ ref('int_images__pictures') }}

),

-- A theme is known by its first image, so that a new leader does not change it.
identified as (

    select
        led.media_uri,
        led.joined_uri,
        led.leader_uri,
        led.is_forced,
        media.media_type,
        media.content_sha256,
        media.representative_uri,
        first_value(led.media_uri) over (
            partition by led.leader_uri
            order by media.created_at nulls last, led.media_uri
        ) as first_media_uri
    from led
    inner join media
        on led.media_uri = media.media_uri

),

measured as (

    select
        identified.*,
        media_pairs.confidence as pair_confidence,
        identified.content_sha256 = joined.content_sha256 as is_same_file,
        identified.representative_uri = joined.representative_uri as is_same_hash,
        images.is_flat or joined_images.is_flat as is_flat,
        case
            when images.image_uri is not null and identified.representative_uri = joined.representative_uri
                then 'phash and dhash'
            else media_pairs.hash_kind
        end as hash_kind,
        case
            when
                images.image_uri is not null and identified.representative_uri = joined.representative_uri
                then 0
            else media_pairs.distance
        end as distance,
        {{ fine_hash_distance('images', 'joined_images') }} as fine_distance,
        {{ fine_hash_distance('images', 'leader_images') }} as fine_distance_to_leader
    from identified
    inner join media as joined
        on identified.joined_uri = joined.media_uri
    left join media_pairs
        on
            identified.media_uri = media_pairs.media_uri
            and identified.joined_uri = media_pairs.neighbour_uri
    left join pictures as images
        on identified.media_uri = images.image_uri
    left join pictures as joined_images
        on identified.joined_uri = joined_images.image_uri
    left join pictures as leader_images
        on identified.leader_uri = leader_images.image_uri

),

explained as (

    select
        *,
        case
            when media_uri = leader_uri then 'leader'
            when is_forced then 'forced'
            when is_same_file then 'same_file'
            when media_type = 'video' then 'keyframes'
            when is_flat then 'flat_hash_and_colour'
            when is_same_hash then 'same_hash'
            else 'near_hash'
        end as match_rule
    from measured

),

final as (

    select
        media_uri,
        media_type,
        leader_uri,
        joined_uri,
        match_rule,
        {{ surrogate_key(['first_media_uri']) }} as image_theme_id,
        case when match_rule != 'leader' then hash_kind end as hash_kind,
        case when match_rule != 'leader' then distance end as distance,
        case when match_rule != 'leader' then fine_distance end as fine_distance,
        fine_distance_to_leader,
        case
            when match_rule in ('leader', 'forced', 'same_file') then 1
            when media_type = 'video' then coalesce(pair_confidence, 0)
            else {{ fine_hash_confidence('fine_distance_to_leader') }}
        end as confidence
    from explained

)

select * from final
