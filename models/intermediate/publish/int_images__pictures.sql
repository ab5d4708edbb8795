with

image_hashes as (

    select * from {{ ref('stg_jobs__image_hashes') }}

),

-- A flat image has a hash that matches everything: only the very same bytes make two of them one picture.
hashed as (

    select
        image_uri,
        content_sha256,
        case when not {{ is_flat_image('quality') }} then phash end as phash
    from image_hashes
    where status = 'hashed'

),

identified as (

    select
        *,
        coalesce(cast(phash as string), content_sha256) as picture_id
    from hashed

),

final as (

    select
        image_uri,
        content_sha256,
        phash,
        picture_id,
        min(image_uri) over (partition by picture_id) as representative_uri
    from identified

)

select * from final
