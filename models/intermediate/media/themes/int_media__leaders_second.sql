with

media_pairs as (

    select * from {{ ref('int_media__near_pairs') }}

),

led_first as (

    select * from {{ ref('int_media__leaders_first') }}

),

-- What the first round cut off may be like each other.
media as (

    select
        all_media.representative_uri as media_uri,
        min(all_media.created_at) as created_at,
        count(*) as copies
    from {{ ref('int_media__hashed') }} as all_media
    left join led_first
        on all_media.representative_uri = led_first.media_uri
    where led_first.media_uri is null
    group by all_media.representative_uri

),

pairs as (

    select
        media_pairs.media_uri,
        media_pairs.neighbour_uri
    from media_pairs
    left join led_first
        on media_pairs.media_uri = led_first.media_uri
    left join led_first as led_neighbours
        on media_pairs.neighbour_uri = led_neighbours.media_uri
    where
        led_first.media_uri is null
        and led_neighbours.media_uri is null

),

{{ leaders_among(rounds=6) }}

final as (

    select
        media_uri,
        joined_uri,
        leader_uri
    from led

)

select * from final
