with

media_pairs as (

    select * from {{ ref('int_media__near_pairs') }}

),

media as (

    select
        representative_uri as media_uri,
        min(created_at) as created_at,
        count(*) as copies
    from {{ ref('int_media__hashed') }}
    group by representative_uri

),

pairs as (

    select
        media_uri,
        neighbour_uri
    from media_pairs

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
