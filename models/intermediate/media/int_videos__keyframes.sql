with

films as (

    select * from {{ ref('int_videos__films') }}

),

keyframes as (

    select * from {{ source('jobs', 'video_keyframes') }}

),

-- A flat frame, such as black or the end of a fade, has a hash that matches everything. Seconds are exact
-- numbers, so that their sums do not depend on an order.
final as (

    select
        films.content_sha256,
        keyframes.keyframe,
        cast(keyframes.seconds as {{ type_money() }}) as seconds,
        keyframes.phash,
        keyframes.fine_phash_1,
        keyframes.fine_phash_2,
        keyframes.fine_phash_3,
        keyframes.fine_phash_4
    from keyframes
    inner join films
        on keyframes.video_uri = films.video_uri
    where not {{ is_flat_image('keyframes.quality') }}

)

select * from final
