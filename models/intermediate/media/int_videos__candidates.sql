{# Bits of 64. Films have many frames, of which one must be so near; what follows looks closer. #}
{% set max_distance = 7 %}
{% set most_compared = 20 %}

with

keyframes as (

    select * from {{ ref('int_videos__keyframes') }}

),

lengths as (

    select
        video_uri,
        sum(seconds) as seconds
    from keyframes
    group by video_uri

),

postings as (

    select distinct
        keyframes.phash,
        keyframes.video_uri,
        lengths.seconds
    from keyframes
    inner join lengths
        on keyframes.video_uri = lengths.video_uri

),

distinct_hashes as (

    select distinct phash as hash_value from postings

),

pairs as (

    {{ near_hash_pairs('distinct_hashes', max_distance) }}

),

near_hashes as (

    select
        hash_value as phash,
        hash_value as near_phash
    from distinct_hashes
    union all
    select
        hash_value as phash,
        near_hash_value as near_phash
    from pairs
    union all
    select
        near_hash_value as phash,
        hash_value as near_phash
    from pairs

),

showing as (

    select distinct
        near_hashes.phash,
        postings.video_uri,
        postings.seconds
    from near_hashes
    inner join postings
        on near_hashes.near_phash = postings.phash

),

ranked as (

    select
        *,
        row_number() over (partition by phash order by seconds desc, video_uri asc) as place
    from showing

),

-- A picture in very many films, such as a brand's end card, would pair each of them with each. So each film
-- that shows it is compared with the longest of them: versions of one film meet in the longest version.
final as (

    select distinct
        least(postings.video_uri, ranked.video_uri) as video_uri,
        greatest(postings.video_uri, ranked.video_uri) as other_uri
    from postings
    inner join ranked
        on postings.phash = ranked.phash
    where
        ranked.place <= {{ most_compared }}
        and postings.video_uri != ranked.video_uri

)

select * from final
