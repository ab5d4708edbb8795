with

known as (

    select
        content_sha256,
        neighbour_sha256,
        is_mirrored
    from {{ source('jobs', 'image_pairs') }}
    where features_version = {{ picture_words().version }}

),

features as (

    select * from {{ source('jobs', 'image_features') }}
    where features_version = {{ picture_words().version }}

),

both_ways as (

    select
        content_sha256,
        neighbour_sha256,
        is_mirrored
    from known

    union all

    select
        neighbour_sha256 as content_sha256,
        content_sha256 as neighbour_sha256,
        is_mirrored
    from known

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

    select
        met.content_sha256,
        met.neighbour_sha256,
        met.is_mirrored,
        contents.features,
        neighbours.features as neighbour_features
    from met
    inner join features as contents
        on met.content_sha256 = contents.content_sha256
    inner join features as neighbours
        on met.neighbour_sha256 = neighbours.content_sha256
    left join known
        on
            met.content_sha256 = known.content_sha256
            and met.neighbour_sha256 = known.neighbour_sha256
    where known.content_sha256 is null

)

select * from final
