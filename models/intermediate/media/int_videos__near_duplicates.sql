{% set best_partners = 2 %}

with

candidates as (

    select * from {{ ref('int_videos__candidates') }}

),

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

compared as (

    select
        candidates.video_uri,
        candidates.other_uri,
        keyframes.keyframe,
        keyframes.seconds,
        other_keyframes.keyframe as other_keyframe,
        other_keyframes.seconds as other_seconds,
        {{ fine_phash_distance('keyframes', 'other_keyframes') }} as distance
    from candidates
    inner join keyframes
        on candidates.video_uri = keyframes.video_uri
    inner join keyframes as other_keyframes
        on candidates.other_uri = other_keyframes.video_uri

),

alike as (

    select
        *,
        row_number() over (
            partition by video_uri, other_uri, keyframe
            order by distance, other_keyframe
        ) as other_place,
        row_number() over (
            partition by video_uri, other_uri, other_keyframe
            order by distance, keyframe
        ) as place
    from compared
    where distance <= {{ image_limits().frame_distance }}

),

-- The best partners of a keyframe are enough, so that a film in which all frames look alike stays small.
matches as (

    select
        *,
        least(seconds, other_seconds) as weight
    from alike
    where
        place <= {{ best_partners }}
        or other_place <= {{ best_partners }}

),

-- Two matches agree if both films show them in the same order. A match that more seconds disagree with than
-- agree with is chance, or a scene that was moved.
voted as (

    select
        matches.video_uri,
        matches.other_uri,
        matches.keyframe,
        matches.other_keyframe,
        matches.seconds,
        matches.other_seconds,
        sum(
            case
                when
                    (voters.keyframe - matches.keyframe)
                    * (voters.other_keyframe - matches.other_keyframe) < 0
                    then -voters.weight
                else voters.weight
            end
        ) as votes
    from matches
    inner join matches as voters
        on
            matches.video_uri = voters.video_uri
            and matches.other_uri = voters.other_uri
    group by
        matches.video_uri,
        matches.other_uri,
        matches.keyframe,
        matches.other_keyframe,
        matches.seconds,
        matches.other_seconds

),

ordered as (

    select
        *,
        max(other_keyframe) over (
            partition by video_uri, other_uri
            order by keyframe, other_keyframe
            rows between unbounded preceding and current row
        ) as furthest
    from voted
    where votes > 0

),

-- Of what is left, only what never steps back counts: an alignment in the order of both films.
aligned as (

    select
        *,
        row_number() over (partition by video_uri, other_uri, keyframe order by other_keyframe) as nth,
        row_number() over (partition by video_uri, other_uri, other_keyframe order by keyframe) as other_nth
    from ordered
    where other_keyframe = furthest

),

measured as (

    select
        video_uri,
        other_uri,
        least(
            sum(case when nth = 1 then seconds end),
            sum(case when other_nth = 1 then other_seconds end)
        ) as matched_seconds,
        least(
            count(case when nth = 1 then 1 end),
            count(case when other_nth = 1 then 1 end)
        ) as matched_keyframes
    from aligned
    group by video_uri, other_uri

),

shared as (

    select
        measured.video_uri,
        measured.other_uri,
        measured.matched_keyframes,
        measured.matched_seconds,
        lengths.seconds,
        other_lengths.seconds as other_seconds,
        {{ safe_divide('measured.matched_seconds', 'least(lengths.seconds, other_lengths.seconds)') }}
            as matched_share
    from measured
    inner join lengths
        on measured.video_uri = lengths.video_uri
    inner join lengths as other_lengths
        on measured.other_uri = other_lengths.video_uri

),

near_duplicates as (

    select *
    from shared
    where matched_share >= {{ var('video_min_matched_share') }}

),

final as (

    select
        video_uri,
        other_uri as neighbour_uri,
        matched_keyframes,
        cast(matched_seconds as {{ type_float64() }}) as matched_seconds,
        matched_share,
        {{ safe_divide('matched_seconds', 'seconds') }} as share_of_video,
        {{ safe_divide('matched_seconds', 'other_seconds') }} as share_of_neighbour
    from near_duplicates
    union all
    select
        other_uri as video_uri,
        video_uri as neighbour_uri,
        matched_keyframes,
        cast(matched_seconds as {{ type_float64() }}) as matched_seconds,
        matched_share,
        {{ safe_divide('matched_seconds', 'other_seconds') }} as share_of_video,
        {{ safe_divide('matched_seconds', 'seconds') }} as share_of_neighbour
    from near_duplicates

)

select * from final
