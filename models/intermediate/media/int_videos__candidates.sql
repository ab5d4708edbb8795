{# Bits of 64. Films have many frames, of which one must be so near; what follows looks closer. #}
{% set max_distance = 7 %}
{% set most_compared = 20 %}

with

keyframes as (

    select * from {{ ref('int_videos__keyframes') }}

),

lengths as (

    select
        *,
        sum(seconds) over (partition by content_sha256) as seconds_of_film
    from keyframes

),

postings as (

    select distinct
        phash,
        content_sha256,
        seconds_of_film as seconds
    from lengths

),

distinct_hashes as (

    select distinct phash as hash_value from keyframes

),

pairs as (

    {{ near_hash_pairs('distinct_hashes', max_distance) }}

),

directions as (

    select true as is_forward
    union all
    select false

),

near_hashes as (

    select
        hash_value as phash,
        hash_value as near_phash
    from distinct_hashes
    union all
    select
        case when directions.is_forward then pairs.hash_value else pairs.near_hash_value end as phash,
        case when directions.is_forward then pairs.near_hash_value else pairs.hash_value end as near_phash
    from pairs
    cross join directions

),

showing as (

    select distinct
        near_hashes.phash,
        postings.content_sha256,
        postings.seconds
    from near_hashes
    inner join postings
        on near_hashes.near_phash = postings.phash

),

ranked as (

    select
        *,
        row_number() over (partition by phash order by seconds desc, content_sha256 asc) as place
    from showing

),

-- A picture in very many films, such as a brand's end card, would pair each of them with each. So each film
-- that shows it is compared with the longest of them: versions of one film meet in the longest version.
final as (

    select distinct
        least(postings.content_sha256, ranked.content_sha256) as content_sha256,
        greatest(postings.content_sha256, ranked.content_sha256) as other_sha256
    from postings
    inner join ranked
        on postings.phash = ranked.phash
    where
        ranked.place <= {{ most_compared }}
        and postings.content_sha256 != ranked.content_sha256

)

select * from final
