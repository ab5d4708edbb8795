{# CTEs that find the leaders among media. Reads CTEs `media` (media_uri, created_at, copies: files that are this very
   picture or film) and `pairs` (media_uri, neighbour_uri that it may join, of these media alone), and ref
   int_images__pictures; gives `led`: media_uri, joined_uri, leader_uri, without those that are cut off.

   Each one joins its best neighbour upward: the one that most may join, then the earliest, then the first by
   address; who is better than all its neighbours leads. Pointers are then followed for a fixed number of rounds.
   Who ends too far from its leader, or has not arrived at one, is cut off, so that chains do not swallow strangers. #}
{% macro leaders_among(rounds) %}
sizes as (

    select
        media.media_uri,
        media.created_at,
        media.copies + coalesce(sum(joining.copies), 0) as members
    from media
    left join pairs
        on media.media_uri = pairs.neighbour_uri
    left join media as joining
        on pairs.media_uri = joining.media_uri
    group by
        media.media_uri,
        media.created_at,
        media.copies

),

choices as (

    select
        media_uri,
        neighbour_uri
    from pairs

    union all

    select
        media_uri,
        media_uri as neighbour_uri
    from media

),

ranked_choices as (

    select
        choices.media_uri,
        choices.neighbour_uri,
        row_number() over (
            partition by choices.media_uri
            order by sizes.members desc, sizes.created_at nulls last, sizes.media_uri
        ) as preference
    from choices
    inner join sizes
        on choices.neighbour_uri = sizes.media_uri

),

upward_0 as (

    select
        media_uri,
        neighbour_uri as joined_uri,
        neighbour_uri as leader_uri
    from ranked_choices
    where preference = 1

),

{% for round in range(1, rounds + 1) %}
upward_{{ round }} as (

    select
        upward.media_uri,
        upward.joined_uri,
        next_upward.neighbour_uri as leader_uri
    from upward_{{ round - 1 }} as upward
    inner join ranked_choices as next_upward
        on
            upward.leader_uri = next_upward.media_uri
            and next_upward.preference = 1

),
{% endfor %}

led as (

    select
        upward.media_uri,
        upward.joined_uri,
        upward.leader_uri
    from upward_{{ rounds }} as upward
    inner join ranked_choices as leaders
        on
            upward.leader_uri = leaders.media_uri
            and leaders.preference = 1
            and leaders.neighbour_uri = leaders.media_uri
    left join pairs
        on
            upward.media_uri = pairs.media_uri
            and upward.leader_uri = pairs.neighbour_uri
    left join {{ ref("int_images__pictures") }} as images
        on upward.media_uri = images.image_uri
    left join {{ ref('int_images__pictures') }} as leader_images
        on upward.leader_uri = leader_images.image_uri
    where
        upward.media_uri = upward.leader_uri
        or pairs.media_uri is not null
        or {{ is_same_picture(
            '(images.is_flat or leader_images.is_flat)',
            '(' ~ fine_hash_distance('images', 'leader_images') ~ ')',
            colour_difference('images', 'leader_images'),
        ) }}

),
{% endmacro %}
