with

led as (

    select * from {{ ref('int_media__led_together') }}

),

pictures as (

    select * from {{ ref('int_images__pictures') }}

),

overrides as (

    select * from {{ ref('stg_seeds__image_overrides') }}

),

media as (

    select * from {{ ref('int_media__hashed') }}

),

placed as (

    select
        led.*,
        media.representative_uri,
        led.media_uri = led.leader_uri as is_leader,
        media.representative_uri = leader_media.representative_uri as is_leader_or_copy
    from led
    inner join media
        on led.media_uri = media.media_uri
    inner join media as leader_media
        on led.leader_uri = leader_media.media_uri

),

-- The first of the two leaves their theme, unless it is the leader or a copy of it. Its copies and those who
-- are nearer to it than to the leader go with it.
leaving as (

    select distinct
        images.leader_uri,
        case
            when images.is_leader_or_copy and not other_images.is_leader then other_images.media_uri
            else images.media_uri
        end as leaving_uri,
        case
            when images.is_leader_or_copy and not other_images.is_leader then other_images.representative_uri
            else images.representative_uri
        end as leaving_representative_uri,
        case
            when images.is_leader_or_copy and not other_images.is_leader then images.media_uri
            else other_images.media_uri
        end as staying_uri
    from overrides
    inner join placed as images
        on overrides.image_uri = images.media_uri
    inner join placed as other_images
        on
            overrides.other_image_uri = other_images.media_uri
            and images.leader_uri = other_images.leader_uri
            and images.media_uri != other_images.media_uri
    where overrides.kind = 'apart'

),

copies as (

    select
        placed.media_uri,
        leaving.leaving_uri
    from placed
    inner join leaving
        on
            placed.leader_uri = leaving.leader_uri
            and placed.representative_uri = leaving.leaving_representative_uri
            and not placed.is_leader_or_copy
    left join leaving as stays
        on
            placed.media_uri = stays.staying_uri
            and leaving.leaving_uri = stays.leaving_uri
    where stays.leaving_uri is null

),

leaving_distances as (

    select
        led.media_uri,
        leaving.leaving_uri,
        {{ fine_hash_distance('images', 'leaving_images') }} as leaving_distance,
        {{ fine_hash_distance('images', 'leader_images') }} as leader_distance
    from led
    inner join leaving
        on led.leader_uri = leaving.leader_uri
    left join leaving as stays
        on
            led.media_uri = stays.staying_uri
            and leaving.leaving_uri = stays.leaving_uri
    inner join pictures as images
        on led.media_uri = images.image_uri
    inner join pictures as leaving_images
        on leaving.leaving_uri = leaving_images.image_uri
    inner join pictures as leader_images
        on led.leader_uri = leader_images.image_uri
    where stays.leaving_uri is null

),

choices as (

    select
        media_uri,
        leaving_uri,
        leaving_distance as distance
    from leaving_distances
    where leaving_distance < leader_distance

    union all

    select
        media_uri,
        leaving_uri,
        0 as distance
    from copies

    union all

    -- Who leaves goes to nobody else.
    select
        leaving_uri as media_uri,
        leaving_uri,
        -1 as distance
    from leaving

),

followers as (

    select
        media_uri,
        leaving_uri
    from (
        select
            media_uri,
            leaving_uri,
            row_number() over (partition by media_uri order by distance, leaving_uri) as preference
        from choices
    ) as preferences
    where preference = 1

),

final as (

    select
        led.media_uri,
        coalesce(followers.leaving_uri, led.leader_uri) as leader_uri,
        case
            when followers.media_uri is not null then followers.leaving_uri
            when joined_followers.media_uri is not null then led.leader_uri
            else led.joined_uri
        end as joined_uri,
        followers.media_uri is null and led.is_forced as is_forced
    from led
    left join followers
        on led.media_uri = followers.media_uri
    left join followers as joined_followers
        on led.joined_uri = joined_followers.media_uri

)

select * from final
