with

pictures as (

    select * from {{ ref('int_images__pictures') }}

),

near_images as (

    select * from {{ ref('int_images__near_duplicates') }}

),

near_videos as (

    select * from {{ ref('int_videos__near_duplicates') }}

),

-- A copy was compared with the picture that it is a copy of, and with no other.
copies as (

    select
        copies.content_sha256,
        copies.representative_sha256 as neighbour_sha256,
        copies.is_plain or pictures.is_plain as is_plain,
        {{ fine_hash_distance('copies', 'pictures') }} as fine_distance
    from pictures as copies
    inner join pictures
        on copies.representative_sha256 = pictures.content_sha256
    where copies.content_sha256 != copies.representative_sha256

),

-- Two drawings may have a letter, a button or a frame in common: that they are one must be plain to see.
formats as (

    select image_pairs.*
    from {{ source('jobs', 'image_pairs') }} as image_pairs
    inner join pictures
        on image_pairs.content_sha256 = pictures.content_sha256
    inner join pictures as neighbours
        on image_pairs.neighbour_sha256 = neighbours.content_sha256
    where
        image_pairs.features_version = {{ picture_words().version }}
        and image_pairs.confidence > 0
        and (
            not (pictures.is_plain and neighbours.is_plain)
            or (
                image_pairs.points >= {{ picture_words().points_of_drawings }}
                and image_pairs.agreement >= {{ picture_words().agreement_of_drawings }}
            )
        )

),

found as (

    select
        content_sha256,
        neighbour_sha256,
        case when is_plain then 'flat_hash_and_colour' else 'same_hash' end as match_rule,
        'phash and dhash' as hash_kind,
        cast(0 as {{ dbt.type_bigint() }}) as distance,
        fine_distance,
        {{ fine_hash_confidence('fine_distance') }} as confidence,
        'the same picture, saved again' as match_in_words
    from copies

    union all

    select
        content_sha256,
        neighbour_sha256,
        case when is_plain then 'flat_hash_and_colour' else 'near_hash' end as match_rule,
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
        {{ fine_hash_confidence('fine_distance') }} as confidence,
        case
            when is_plain then 'the same drawing, and its colours'
            else 'the same picture, edited'
        end as match_in_words
    from near_images

    union all

    -- A film joins one that shows most of it. The other way round, a short film such as an end card alone
    -- would gather all that end with it.
    select
        content_sha256,
        neighbour_sha256,
        'keyframes' as match_rule,
        'keyframes' as hash_kind,
        cast(null as {{ dbt.type_bigint() }}) as distance,
        cast(null as {{ dbt.type_bigint() }}) as fine_distance,
        share_of_video as confidence,
        'a film that shows most of it' as match_in_words
    from near_videos
    where share_of_video >= {{ var('video_min_matched_share') }}

    {% for side, other in [('content', 'neighbour'), ('neighbour', 'content')] %}
        union all

        select
            {{ side }}_sha256 as content_sha256,
            {{ other }}_sha256 as neighbour_sha256,
            'other_format' as match_rule,
            'patches' as hash_kind,
            cast(null as {{ dbt.type_bigint() }}) as distance,
            cast(null as {{ dbt.type_bigint() }}) as fine_distance,
            confidence,
            {{ side }}_in_words as match_in_words
        from formats
    {% endfor %}

),

-- Who is the same by its hashes has the same layout, and that says more than where patches lie.
final as (

    select *
    from found
    qualify row_number() over (
        partition by content_sha256, neighbour_sha256
        order by
            case when match_rule = 'other_format' then 1 else 0 end asc,
            confidence desc,
            match_rule asc
    ) = 1

)

select * from final
