{# One round of choosing leaders, as CTEs. Reads open_pairs_<round - 1>; gives leaders_, followers_ (settled in this
   round, each with its nearest leader) and open_pairs_<round> (pairs of pictures that are still neither). #}
{% macro leader_round(round) %}
leaders_{{ round }} as (

    select image_uri
    from open_pairs_{{ round - 1 }}
    group by image_uri, priority
    having priority < min(neighbour_priority)

),

followers_{{ round }} as (

    select
        preferences.image_uri,
        preferences.leader_uri,
        preferences.distance
    from (
        select
            open_pairs.image_uri,
            open_pairs.neighbour_uri as leader_uri,
            open_pairs.distance,
            row_number() over (
                partition by open_pairs.image_uri
                order by open_pairs.distance, open_pairs.neighbour_priority
            ) as preference
        from open_pairs_{{ round - 1 }} as open_pairs
        inner join leaders_{{ round }} as leaders
            on open_pairs.neighbour_uri = leaders.image_uri
    ) as preferences
    where preferences.preference = 1

),

settled_{{ round }} as (

    select image_uri from leaders_{{ round }}
    union all
    select image_uri from followers_{{ round }}

),

open_pairs_{{ round }} as (

    select open_pairs.*
    from open_pairs_{{ round - 1 }} as open_pairs
    left join settled_{{ round }} as settled_images
        on open_pairs.image_uri = settled_images.image_uri
    left join settled_{{ round }} as settled_neighbours
        on open_pairs.neighbour_uri = settled_neighbours.image_uri
    where
        settled_images.image_uri is null
        and settled_neighbours.image_uri is null

),
{% endmacro %}
