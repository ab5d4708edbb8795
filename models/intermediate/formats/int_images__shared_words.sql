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

-- A number for each, in the order of their names: a million pictures have hundreds of millions of words.
compared as (

    select
        features.content_sha256,
        features.words,
        row_number() over (order by features.content_sha256) as content_number
    from features
    inner join shown
        on features.content_sha256 = shown.content_sha256

),

words as (

    {{ numbers_to_rows('compared', 'content_number', 'words', 'word') }}

),

-- A word that a thousand versions of a picture share would make half a million pairs. Each meets the first
-- and the last of them instead, which are the same ones for all words of the picture.
first_and_last as (

    select
        word,
        min(content_number) as first_number,
        max(content_number) as last_number
    from words
    group by word

),

-- Each pair once for a word, the smaller content first.
straight as (

    select
        ends.first_number as content_number,
        words.content_number as neighbour_number,
        false as is_mirrored
    from words
    inner join first_and_last as ends
        on words.word = ends.word
    where ends.first_number < words.content_number

    union all

    select
        words.content_number,
        ends.last_number as neighbour_number,
        false as is_mirrored
    from words
    inner join first_and_last as ends
        on words.word = ends.word
    where
        words.content_number < ends.last_number
        and ends.first_number < words.content_number

),

mirrored_words as (

    select
        content_number,
        word,
        {{ bitwise_xor('word', dbt.cast(picture_words().mirror_mask, dbt.type_bigint())) }} as mirrored_word
    from words

),

-- Of two pictures that are ends, each finds the other in the mirror.
mirrored as (

    select
        ends.first_number as content_number,
        words.content_number as neighbour_number,
        words.mirrored_word as word
    from mirrored_words as words
    inner join first_and_last as ends
        on words.mirrored_word = ends.word
    where ends.first_number < words.content_number

    union distinct

    select
        words.content_number,
        ends.last_number as neighbour_number,
        words.word
    from mirrored_words as words
    inner join first_and_last as ends
        on words.mirrored_word = ends.word
    where words.content_number < ends.last_number

),

met as (

    select * from straight

    union all

    select
        content_number,
        neighbour_number,
        true as is_mirrored
    from mirrored

),

shared as (

    select
        content_number,
        neighbour_number,
        is_mirrored,
        count(*) as shared_words
    from met
    group by
        content_number,
        neighbour_number,
        is_mirrored
    having count(*) >= {{ picture_words().least_shared }}

),

final as (

    select
        contents.content_sha256,
        neighbours.content_sha256 as neighbour_sha256,
        shared.is_mirrored,
        shared.shared_words
    from shared
    inner join compared as contents
        on shared.content_number = contents.content_number
    inner join compared as neighbours
        on shared.neighbour_number = neighbours.content_number

)

select * from final
