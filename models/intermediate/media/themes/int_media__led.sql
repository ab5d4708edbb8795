with

media as (

    select * from {{ ref('int_media__hashed') }}

),

led_first as (

    select * from {{ ref('int_media__leaders_first') }}

),

led_second as (

    select * from {{ ref('int_media__leaders_second') }}

),

pictures as (

    select * from {{ ref('int_images__pictures') }}

),

-- A copy of a picture follows it. What was cut off twice leads itself.
followers as (

    select
        media.media_uri,
        case
            when media.media_uri != media.representative_uri then media.representative_uri
            else coalesce(led_first.joined_uri, led_second.joined_uri, media.media_uri)
        end as joined_uri,
        coalesce(led_first.leader_uri, led_second.leader_uri, media.representative_uri) as leader_uri
    from media
    left join led_first
        on media.representative_uri = led_first.media_uri
    left join led_second
        on media.representative_uri = led_second.media_uri

),

-- Equal 64-bit hashes make a copy; the fine ones may still tell it from the leader. Equal files stay
-- together.
strangers as (

    select
        followers.media_uri,
        first_value(followers.media_uri) over (
            partition by media.representative_uri, media.content_sha256
            order by media.created_at nulls last, followers.media_uri
        ) as first_uri
    from followers
    inner join media
        on followers.media_uri = media.media_uri
    inner join pictures as images
        on followers.media_uri = images.image_uri
    inner join pictures as leader_images
        on followers.leader_uri = leader_images.image_uri
    where not (
        {{ is_same_picture(
            '(images.is_flat or leader_images.is_flat)',
            '(' ~ fine_hash_distance('images', 'leader_images') ~ ')',
            colour_difference('images', 'leader_images'),
        ) }}
    )

),

final as (

    select
        followers.media_uri,
        coalesce(strangers.first_uri, followers.joined_uri) as joined_uri,
        coalesce(strangers.first_uri, followers.leader_uri) as leader_uri
    from followers
    left join strangers
        on followers.media_uri = strangers.media_uri

)

select * from final
