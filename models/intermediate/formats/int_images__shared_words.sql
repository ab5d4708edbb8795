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

-- An even number for each, in the order of their names; the odd one after it is the picture in the mirror.
-- A million pictures have hundreds of millions of words, which are compared by numbers.
compared as (

    select
        features.content_sha256,
        features.words,
        2 * row_number() over (order by features.content_sha256) as content_number
    from features
    inner join shown
        on features.content_sha256 = shown.content_sha256

),

words as (

    {{ numbers_to_rows('compared', 'content_number', 'words', 'word') }}

),

in_the_mirror as (

    select
        content_number,
        word,
        {{ bitwise_xor('word', dbt.cast(picture_words().mirror_mask, dbt.type_bigint())) }} as mirrored_word
    from words

),

-- A patch and the same one mirrored have one word here, so that one join finds both.
patches as (

    select
        least(word, mirrored_word) as word,
        case when word < mirrored_word then content_number else content_number + 1 end as appearance
    from in_the_mirror

),

-- A word that a thousand versions of a picture share would make half a million pairs. Each meets the first
-- and the last of them instead, which are the same ones for all words of the picture. Most words are of one
-- picture alone, and go no further.
first_and_last as (

    select
        word,
        min(appearance) as first_appearance,
        max(appearance) as last_appearance
    from patches
    group by word
    having
        min(appearance) < max(appearance)
        and {{ bitwise_xor('min(appearance)', '1') }} != max(appearance)

),

met as (

    select
        patches.appearance,
        ends.first_appearance,
        ends.last_appearance
    from patches
    inner join first_and_last as ends
        on patches.word = ends.word

),

-- Each pair once for a word, the smaller content first.
in_pairs as (

    select
        first_appearance as appearance,
        appearance as neighbour
    from met
    where first_appearance < appearance

    union all

    select
        appearance,
        last_appearance as neighbour
    from met
    where
        first_appearance < appearance
        and appearance < last_appearance

),

numbered as (

    select
        appearance - mod(appearance, 2) as content_number,
        neighbour - mod(neighbour, 2) as neighbour_number,
        mod(appearance + neighbour, 2) = 1 as is_mirrored
    from in_pairs

),

shared as (

    select
        content_number,
        neighbour_number,
        is_mirrored,
        count(*) as shared_words
    from numbered
    where content_number < neighbour_number
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
