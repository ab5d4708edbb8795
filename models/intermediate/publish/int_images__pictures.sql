with

image_hashes as (

    select * from {{ ref('stg_jobs__image_hashes') }}

),

-- Images that no creative shows any more keep their hashes, and have no part in themes.
shown as (

    select * from {{ ref('int_images__distinct') }}

),

-- A flat image has a hash that matches everything: only the very same bytes make two of them one picture.
hashed as (

    select
        image_hashes.image_uri,
        image_hashes.content_sha256,
        case when not {{ is_flat_image('image_hashes.quality') }} then image_hashes.phash end as phash
    from image_hashes
    inner join shown
        on image_hashes.image_uri = shown.image_uri
    where image_hashes.status = 'hashed'

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
