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
        content_sha256,
        sum(seconds) as seconds
    from keyframes
    group by content_sha256

),

compared as (

    select
        candidates.content_sha256,
        candidates.other_sha256,
        keyframes.keyframe,
        keyframes.seconds,
        other_keyframes.keyframe as other_keyframe,
        other_keyframes.seconds as other_seconds,
        {{ fine_phash_distance('keyframes', 'other_keyframes') }} as distance
    from candidates
    inner join keyframes
        on candidates.content_sha256 = keyframes.content_sha256
    inner join keyframes as other_keyframes
        on candidates.other_sha256 = other_keyframes.content_sha256

),

alike as (

    select
        *,
        row_number() over (
            partition by content_sha256, other_sha256, keyframe
            order by distance, other_keyframe
        ) as other_place,
        row_number() over (
            partition by content_sha256, other_sha256, other_keyframe
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
        matches.content_sha256,
        matches.other_sha256,
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
            matches.content_sha256 = voters.content_sha256
            and matches.other_sha256 = voters.other_sha256
    group by
        matches.content_sha256,
        matches.other_sha256,
        matches.keyframe,
        matches.other_keyframe,
        matches.seconds,
        matches.other_seconds

),

ordered as (

    select
        *,
        max(other_keyframe) over (
            partition by content_sha256, other_sha256
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
        row_number() over (
            partition by content_sha256, other_sha256, keyframe
            order by other_keyframe
        ) as nth,
        row_number() over (
            partition by content_sha256, other_sha256, other_keyframe
            order by keyframe
        ) as other_nth
    from ordered
    where other_keyframe = furthest

),

measured as (

    select
        content_sha256,
        other_sha256,
        least(
            sum(case when nth = 1 then seconds end),
            sum(case when other_nth = 1 then other_seconds end)
        ) as matched_seconds,
        least(
            count(case when nth = 1 then 1 end),
            count(case when other_nth = 1 then 1 end)
        ) as matched_keyframes
    from aligned
    group by content_sha256, other_sha256

),

shared as (

    select
        measured.content_sha256,
        measured.other_sha256,
        measured.matched_keyframes,
        measured.matched_seconds,
        lengths.seconds,
        other_lengths.seconds as other_seconds,
        {{ safe_divide('measured.matched_seconds', 'least(lengths.seconds, other_lengths.seconds)') }}
            as matched_share
    from measured
    inner join lengths
        on measured.content_sha256 = lengths.content_sha256
    inner join lengths as other_lengths
        on measured.other_sha256 = other_lengths.content_sha256

),

near_duplicates as (

    select *
    from shared
    where matched_share >= {{ var('video_min_matched_share') }}

),

directions as (

    select true as is_forward
    union all
    select false

),

final as (

    select
        near_duplicates.matched_keyframes,
        near_duplicates.matched_share,
        cast(near_duplicates.matched_seconds as {{ type_float64() }}) as matched_seconds,
        case
            when directions.is_forward then near_duplicates.content_sha256
            else near_duplicates.other_sha256
        end as content_sha256,
        case
            when directions.is_forward then near_duplicates.other_sha256
            else near_duplicates.content_sha256
        end as neighbour_sha256,
        {{ safe_divide(
            'near_duplicates.matched_seconds',
            'case when directions.is_forward then near_duplicates.seconds else near_duplicates.other_seconds end',
        ) }} as share_of_video,
        {{ safe_divide(
            'near_duplicates.matched_seconds',
            'case when directions.is_forward then near_duplicates.other_seconds else near_duplicates.seconds end',
        ) }} as share_of_neighbour
    from near_duplicates
    cross join directions

)

select * from final
