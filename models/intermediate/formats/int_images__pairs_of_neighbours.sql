with

formats as (

    select
        content_sha256,
        neighbour_sha256,
        is_mirrored
    from {{ source('jobs', 'image_pairs') }}
    where
        features_version = {{ picture_words().version }}
        and confidence > 0

),

both_ways as (

    select
        content_sha256,
        neighbour_sha256,
        is_mirrored
    from formats

    union all

    select
        neighbour_sha256 as content_sha256,
        content_sha256 as neighbour_sha256,
        is_mirrored
    from formats

),

counted as (

    select
        content_sha256,
        count(*) as neighbours
    from both_ways
    group by content_sha256

),

ranked as (

    select
        both_ways.content_sha256,
        both_ways.neighbour_sha256,
        both_ways.is_mirrored,
        row_number() over (
            partition by both_ways.content_sha256
            order by counted.neighbours desc, both_ways.neighbour_sha256 asc
        ) as place -- noqa: RF04
    from both_ways
    inner join counted
        on both_ways.neighbour_sha256 = counted.content_sha256

),

met as (

    select distinct
        least(friends.neighbour_sha256, centres.neighbour_sha256) as content_sha256,
        greatest(friends.neighbour_sha256, centres.neighbour_sha256) as neighbour_sha256,
        friends.is_mirrored != centres.is_mirrored as is_mirrored
    from ranked as friends
    inner join ranked as centres
        on friends.content_sha256 = centres.content_sha256
    where
        centres.place = 1
        and friends.place > 1

),

final as (

    {{ pairs_with_features('met') }}

)

select * from final
