{% set rounds = 3 %}

with

media as (

    select * from {{ ref('int_images__media') }}

),

led_first as (

    select * from {{ ref('int_images__leaders_first') }}

),

led_second as (

    select * from {{ ref('int_images__leaders_second') }}

),

pictures as (

    select * from {{ ref('int_images__pictures') }}

),

overrides as (

    select * from {{ ref('stg_seeds__image_overrides') }}

),

-- A copy of a picture follows it. What was cut off twice leads itself.
following as (

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

-- Equal 64-bit hashes make a copy; the fine ones may still tell it from the leader.
strangers as (

    select following.media_uri
    from following
    inner join pictures as images
        on following.media_uri = images.image_uri
    inner join pictures as leader_images
        on following.leader_uri = leader_images.image_uri
    where not (
        {{ is_same_picture(
            '(images.is_flat or leader_images.is_flat)',
            '(' ~ fine_hash_distance('images', 'leader_images') ~ ')',
            colour_difference('images', 'leader_images'),
        ) }}
    )

),

led as (

    select
        following.media_uri,
        case when strangers.media_uri is null then following.joined_uri else following.media_uri end
            as joined_uri,
        case when strangers.media_uri is null then following.leader_uri else following.media_uri end
            as leader_uri
    from following
    left join strangers
        on following.media_uri = strangers.media_uri

),

-- Forced together: the themes of both become one, led by the first leader by address.
forced_edges as (

    select
        led.leader_uri,
        other_led.leader_uri as other_leader_uri
    from overrides
    inner join led
        on overrides.image_uri = led.media_uri
    inner join led as other_led
        on overrides.other_image_uri = other_led.media_uri
    where overrides.kind = 'together'

),

forced_links as (

    select
        leader_uri,
        other_leader_uri
    from forced_edges

    union distinct

    select
        other_leader_uri as leader_uri,
        leader_uri as other_leader_uri
    from forced_edges

    union distinct

    select
        leader_uri,
        leader_uri as other_leader_uri
    from forced_edges

    union distinct

    select
        other_leader_uri as leader_uri,
        other_leader_uri
    from forced_edges

),

{% for round in range(1, rounds + 1) %}
    forced_{{ round }} as (

        select
            forced_links.leader_uri,
            {% if loop.first %}
                min(forced_links.other_leader_uri) as forced_leader_uri
            from forced_links
            {% else %}
                min(other_links.forced_leader_uri) as forced_leader_uri
            from forced_links
            inner join forced_{{ round - 1 }} as other_links
                on forced_links.other_leader_uri = other_links.leader_uri
            {% endif %}
        group by forced_links.leader_uri

    ),
{% endfor %}

final as (

    select
        led.media_uri,
        led.joined_uri,
        coalesce(forced_leaders.forced_leader_uri, led.leader_uri) as leader_uri,
        coalesce(forced_leaders.forced_leader_uri != led.leader_uri, false) as is_forced
    from led
    left join forced_{{ rounds }} as forced_leaders
        on led.leader_uri = forced_leaders.leader_uri

)

select * from final
