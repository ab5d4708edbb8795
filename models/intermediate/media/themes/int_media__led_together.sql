{% set rounds = 8 %}

with

led as (

    select * from {{ ref('int_media__led') }}

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

directions as (

    select
        false as is_from_other,
        false as is_to_other
    union all
    select
        false as is_from_other,
        true as is_to_other
    union all
    select
        true as is_from_other,
        false as is_to_other
    union all
    select
        true as is_from_other,
        true as is_to_other

),

-- Not four selects of the edges: BigQuery works a CTE out anew for each, and then again in every round below.
forced_links as (

    select distinct
        case
            when directions.is_from_other then forced_edges.other_leader_uri else forced_edges.leader_uri
        end as leader_uri,
        case
            when directions.is_to_other then forced_edges.other_leader_uri else forced_edges.leader_uri
        end as other_leader_uri
    from forced_edges
    cross join directions

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
