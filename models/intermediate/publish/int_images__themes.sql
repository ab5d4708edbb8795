{% set rounds = 3 %}

with

pictures as (

    select * from {{ ref('int_images__pictures') }}

),

near_duplicates as (

    select * from {{ ref('int_images__near_duplicates') }}

),

picture_sizes as (

    select
        representative_uri as image_uri,
        count(*) as images
    from pictures
    group by representative_uri

),

neighbour_counts as (

    select
        near_duplicates.image_uri,
        sum(picture_sizes.images) as neighbours
    from near_duplicates
    inner join picture_sizes
        on near_duplicates.neighbour_uri = picture_sizes.image_uri
    group by near_duplicates.image_uri

),

-- Most neighbours first, copies of the picture itself included.
ranked as (

    select
        neighbour_counts.image_uri,
        row_number() over (
            order by neighbour_counts.neighbours + picture_sizes.images desc, neighbour_counts.image_uri
        ) as priority
    from neighbour_counts
    inner join picture_sizes
        on neighbour_counts.image_uri = picture_sizes.image_uri

),

open_pairs_0 as (

    select
        near_duplicates.image_uri,
        near_duplicates.neighbour_uri,
        near_duplicates.distance,
        images.priority,
        neighbours.priority as neighbour_priority
    from near_duplicates
    inner join ranked as images
        on near_duplicates.image_uri = images.image_uri
    inner join ranked as neighbours
        on near_duplicates.neighbour_uri = neighbours.image_uri

),

-- In each round the pictures that outrank all their open neighbours lead, and those neighbours follow the
-- nearest leader. Nobody follows a follower, so chains do not merge strangers. Pictures that are still open
-- after the last round lead themselves.
{% for round in range(1, rounds + 1) %}
    {{ leader_round(round) }}
{% endfor %}

followers as (

    {% for round in range(1, rounds + 1) %}
        select
            image_uri,
            leader_uri,
            distance
        from followers_{{ round }}
        {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

led as (

    select
        pictures.image_uri,
        pictures.content_sha256,
        coalesce(followers.leader_uri, pictures.representative_uri) as leader_image_uri,
        coalesce(followers.distance, 0) as distance_to_leader
    from pictures
    left join followers
        on pictures.representative_uri = followers.image_uri

),

final as (

    select
        led.image_uri,
        {{ surrogate_key(['led.leader_image_uri']) }} as image_theme_id,
        led.leader_image_uri,
        led.distance_to_leader,
        case
            when led.image_uri = led.leader_image_uri then 'leader'
            when led.content_sha256 = leaders.content_sha256 then 'same_bytes'
            when led.distance_to_leader = 0 then 'same_hash'
            else 'near_hash'
        end as match_rule
    from led
    inner join pictures as leaders
        on led.leader_image_uri = leaders.image_uri

)

select * from final
