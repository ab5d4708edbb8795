with

image_hashes as (

    select * from {{ source('jobs', 'image_hashes') }}

),

-- Images that no creative shows any more keep their hashes, and have no part in themes.
shown as (

    select * from {{ ref('int_images__distinct') }}
    where is_latest

),

-- Hashes of other sizes, from earlier versions, cannot be compared; the job renews them. The same bytes at several
-- addresses are one picture, as old as the first creative that shows it.
hashed as (

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

-- Copies of one picture are compared once, by the earliest of them. A flat image has 64-bit hashes that match
-- everything: its copies have the fine hashes and the colour in common.
grouped as (

    select
        *,
        case
            when is_flat
                then first_value(content_sha256) over (
                    partition by
                        is_flat,
                        {% for column in fine_hash_columns() %}
                            {{ column }},
                        {% endfor %}
                        cast(round(mean_red) as {{ dbt.type_bigint() }}),
                        cast(round(mean_green) as {{ dbt.type_bigint() }}),
                        cast(round(mean_blue) as {{ dbt.type_bigint() }})
                    order by created_at nulls last, content_sha256
                )
            else first_value(content_sha256) over (
                partition by is_flat, phash, dhash
                order by created_at nulls last, content_sha256
            )
        end as first_sha256
    from hashed
    where place = 1

),

-- Equal hashes are not enough: an image that is not the same as the first one with them stands for itself.
final as (

    select
        grouped.content_sha256,
        grouped.created_at,
        grouped.ahash,
        grouped.phash,
        grouped.dhash,
        {% for column in fine_hash_columns() + detail_hash_columns() + tone_columns() + colour_columns() %}
            grouped.{{ column }},
        {% endfor %}
        grouped.mean_red,
        grouped.mean_green,
        grouped.mean_blue,
        grouped.is_flat,
        grouped.is_nearly_flat,
        grouped.is_plain,
        case
            when {{ is_same_picture('grouped', 'firsts') }} then grouped.first_sha256
            else grouped.content_sha256
        end as representative_sha256
    from grouped
    inner join grouped as firsts
        on grouped.first_sha256 = firsts.content_sha256

)

select * from final
