with

image_hashes as (

    select * from {{ source('jobs', 'image_hashes') }}

),

-- Images that no creative shows any more keep their hashes, and have no part in themes.
shown as (

    select * from {{ ref('int_images__distinct') }}
    where is_latest

),

-- Hashes of other sizes, from earlier versions, cannot be compared; the job renews them. The same bytes at
-- several addresses are one picture, as old as the first creative that shows it.
ranked as (

    select
        image_hashes.*,
        shown.created_at,
        {{ is_flat_image('image_hashes.quality') }} as is_flat,
        -- A copy of a flat image may have a little more detail.
        {{ is_flat_image('image_hashes.quality / 2') }} as is_nearly_flat,
        {{ is_flat_image('image_hashes.quality') }}
        -- Null in rows of earlier versions whose file is gone.
        or coalesce(image_hashes.plain_share, 0) >= {{ image_limits().plain_from }} as is_plain,
        row_number() over (
            partition by image_hashes.content_sha256
            order by shown.created_at nulls last, image_hashes.image_uri
        ) as place
    from image_hashes
    inner join shown
        on image_hashes.image_uri = shown.image_uri
    where
        image_hashes.status = 'hashed'
        and image_hashes.hash_size = 8
        and image_hashes.fine_hash_size = 16

),

final as (

    select
        content_sha256,
        created_at,
        ahash,
        phash,
        dhash,
        {% for column in fine_hash_columns() + detail_hash_columns() + tone_columns() + colour_columns() %}
            {{ column }},
        {% endfor %}
        mean_red,
        mean_green,
        mean_blue,
        is_flat,
        is_nearly_flat,
        is_plain
    from ranked
    where place = 1

)

select * from final
