with

led as (

    select * from {{ ref('int_images__led') }}

),

pictures as (

    select * from {{ ref('int_images__pictures') }}

),

overrides as (

    select * from {{ ref('stg_seeds__image_overrides') }}

),

-- The first of the two leaves their theme, unless it leads it, and those who are nearer to it than
-- to the leader go with it.
leaving as (

    select distinct
        images.leader_uri,
        case when images.leader_uri = images.media_uri then other_led.media_uri else images.media_uri end
            as leaving_uri,
        case when images.leader_uri = images.media_uri then images.media_uri else other_led.media_uri end
            as staying_uri
    from overrides
    inner join led as images
        on overrides.image_uri = images.media_uri
    inner join led as other_led
        on
            overrides.other_image_uri = other_led.media_uri
            and images.leader_uri = other_led.leader_uri
    where overrides.kind = 'apart'

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

-- Who leaves goes to nobody else.
followers as (

    select
        media_uri,
        leaving_uri
    from (
        select
            leaving_distances.media_uri,
            leaving_distances.leaving_uri,
            row_number() over (
                partition by leaving_distances.media_uri
                order by leaving_distances.leaving_distance, leaving_distances.leaving_uri
            ) as preference
        from leaving_distances
        left join leaving as leavers
            on leaving_distances.media_uri = leavers.leaving_uri
        where
            leavers.leaving_uri is null
            and leaving_distances.leaving_distance < leaving_distances.leader_distance
    ) as preferences
    where preference = 1

    union distinct

    select
        leaving_uri as media_uri,
        leaving_uri
    from leaving

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
