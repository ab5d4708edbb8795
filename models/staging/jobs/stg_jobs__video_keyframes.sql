with

source as (

    select * from {{ source('jobs', 'video_keyframes') }}

),

final as (

    select
        video_uri,
        keyframe,
        starts_at,
        seconds,
        hash_size,
        fine_hash_size,
        dhash,
        phash,
        fine_dhash_1,
        fine_dhash_2,
        fine_dhash_3,
        fine_dhash_4,
        fine_phash_1,
        fine_phash_2,
        fine_phash_3,
        fine_phash_4,
        quality
    from source

)

select * from final
