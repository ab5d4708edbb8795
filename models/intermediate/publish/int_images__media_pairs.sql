with

near_images as (

    select * from {{ ref('int_images__near_duplicates') }}

),

final as (

    select
        image_uri as media_uri,
        neighbour_uri,
        case
            when phash_distance > {{ var('image_theme_max_distance') }} then 'dhash'
            when dhash_distance > {{ var('image_theme_max_distance') }} then 'phash'
            else 'phash and dhash'
        end as hash_kind,
        case
            when phash_distance > {{ var('image_theme_max_distance') }} then dhash_distance
            when dhash_distance > {{ var('image_theme_max_distance') }} then phash_distance
            else least(phash_distance, dhash_distance)
        end as distance,
        fine_distance,
        {{ fine_hash_confidence('fine_distance') }} as confidence
    from near_images

)

select * from final
