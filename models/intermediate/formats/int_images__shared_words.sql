with

features as (

    select * from {{ source('jobs', 'image_features') }}
    where features_version = {{ picture_words().version }}

),

-- Images that no creative shows any more keep their features, and have no part in themes.
shown as (

    select distinct image_hashes.content_sha256
    from {{ source('jobs', 'image_hashes') }} as image_hashes
    inner join {{ ref('int_images__distinct') }} as images
        on image_hashes.image_uri = images.image_uri
    where
        images.is_latest
        and image_hashes.status = 'hashed'

),

compared as (

    select
        features.content_sha256,
        features.words
    from features
    inner join shown
        on features.content_sha256 = shown.content_sha256

),

words as (

    {{ numbers_to_rows('compared', 'content_sha256', 'words', 'word') }}

),

-- A word that a thousand versions of a picture share would make half a million pairs. Each meets the first
-- and the last of them instead, which are the same ones for all words of the picture.
first_and_last as (

    select
        word,
        min(content_sha256) as first_sha256,
        max(content_sha256) as last_sha256
    from words
    group by word

),

-- Each pair once for a word, the smaller content first.
straight as (

    select
        ends.first_sha256 as content_sha256,
        words.content_sha256 as neighbour_sha256,
        false as is_mirrored
    from words
    inner join first_and_last as ends
        on words.word = ends.word
    where ends.first_sha256 < words.content_sha256

    union all

    select
        words.content_sha256,
        ends.last_sha256 as neighbour_sha256,
        false as is_mirrored
    from words
    inner join first_and_last as ends
        on words.word = ends.word
    where
        words.content_sha256 < ends.last_sha256
        and ends.first_sha256 < words.content_sha256

),

mirrored_words as (

    select
        content_sha256,
        word,
        {{ bitwise_xor('word', dbt.cast(picture_words().mirror_mask, dbt.type_bigint())) }} as mirrored_word
    from words

),

-- Of two pictures that are ends, each finds the other in the mirror.
mirrored as (

    select
        ends.first_sha256 as content_sha256,
        words.content_sha256 as neighbour_sha256,
        words.mirrored_word as word
    from mirrored_words as words
    inner join first_and_last as ends
        on words.mirrored_word = ends.word
    where ends.first_sha256 < words.content_sha256

    union distinct

    select
        words.content_sha256,
        ends.last_sha256 as neighbour_sha256,
        words.word
    from mirrored_words as words
    inner join first_and_last as ends
        on words.mirrored_word = ends.word
    where words.content_sha256 < ends.last_sha256

),

met as (

    select * from straight

    union all

    select
        content_sha256,
        neighbour_sha256,
        true as is_mirrored
    from mirrored

),

final as (

    select
        content_sha256,
        neighbour_sha256,
        is_mirrored,
        count(*) as shared_words
    from met
    group by
        content_sha256,
        neighbour_sha256,
        is_mirrored
    having count(*) >= {{ picture_words().least_shared }}

)

select * from final
