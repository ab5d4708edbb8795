{% set rounds = 8 %}

with

led as (

    select * from {{ ref('int_images__led') }}

),

overrides as (

    select * from {{ ref('stg_seeds__image_overrides') }}

),

-- The themes of both become one, led by the first leader by address. Overrides may form a chain.
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

-- Where a chain is longer than the rounds, its far end is left as it is.
settled as (

    select
        forced_leaders.leader_uri,
        forced_leaders.forced_leader_uri
    from forced_{{ rounds }} as forced_leaders
    inner join forced_{{ rounds }} as others_leaders
        on
            forced_leaders.forced_leader_uri = others_leaders.leader_uri
            and others_leaders.forced_leader_uri = others_leaders.leader_uri

),

final as (

    select
        led.media_uri,
        led.joined_uri,
        coalesce(settled.forced_leader_uri, led.leader_uri) as leader_uri,
        coalesce(settled.forced_leader_uri != led.leader_uri, false) as is_forced
    from led
    left join settled
        on led.leader_uri = settled.leader_uri

)

select * from final
