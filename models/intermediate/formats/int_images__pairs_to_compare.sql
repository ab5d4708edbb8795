with

shared_words as (

    select * from {{ ref('int_images__shared_words') }}

),

features as (

    select * from {{ source('jobs', 'image_features') }}
    where features_version = {{ picture_words().version }}

),

-- What was confirmed stays so while the files are there.
known as (

    select * from {{ source('jobs', 'image_pairs') }}
    where features_version = {{ picture_words().version }}

),

final as (

    select
        shared_words.content_sha256,
        shared_words.neighbour_sha256,
        shared_words.is_mirrored,
        contents.features,
        neighbours.features as neighbour_features
    from shared_words
    inner join features as contents
        on shared_words.content_sha256 = contents.content_sha256
    inner join features as neighbours
        on shared_words.neighbour_sha256 = neighbours.content_sha256
    left join known
        on
            shared_words.content_sha256 = known.content_sha256
            and shared_words.neighbour_sha256 = known.neighbour_sha256
    where known.content_sha256 is null

)

select * from final
