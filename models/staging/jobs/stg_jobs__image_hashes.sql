with

source as (

    select * from {{ source('jobs', 'image_hashes') }}

),

final as (

    select
        image_uri,
        content_sha256,
        width,
        height,
        ahash,
        dhash,
        phash,
        quality,
        status,
        reason
    from source

)

select * from final
