with

source as (

    select * from {{ source('jobs', 'image_hashes') }}

),

final as (

    select
        image_uri,
        content_sha256,
        content_version,
        checked_at,
        content_bytes,
        format,
        width,
        height,
        hash_size,
        fine_hash_size,
        ahash,
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
        mean_red,
        mean_green,
        mean_blue,
        quality,
        status,
        reason,
        detail
    from source

)

select * from final
