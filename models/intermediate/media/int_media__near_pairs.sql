with

near_images as (

    select * from {{ ref('int_images__near_duplicates') }}

),

near_videos as (

    select * from {{ ref('int_videos__near_duplicates') }}

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

    union all

    -- A film joins one that shows most of it. The other way round, a short film such as an end card alone
    -- would gather all that end with it.
    select
        video_uri as media_uri,
        neighbour_uri,
        'keyframes' as hash_kind,
        cast(null as {{ dbt.type_bigint() }}) as distance,
        cast(null as {{ dbt.type_bigint() }}) as fine_distance,
        share_of_video as confidence
    from near_videos
    where share_of_video >= {{ var('video_min_matched_share') }}

)

select * from final
