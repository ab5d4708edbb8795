with

contents as (

    select * from {{ ref('int_creatives__contents') }}

),

records as (

    select * from {{ ref('int_creatives__records') }}

),

video_hashes as (

    select * from {{ source('jobs', 'video_hashes') }}

),

latest as (

    select
        video_uri,
        min(created_at) as created_at
    from contents
    where video_uri is not null
    group by video_uri

),

-- Whether another film was shown before with the same words is only known once it was loaded. What was, is
-- not asked for again: addresses that are signed change with every export.
earlier as (

    select
        records.video_uri,
        min(contents.created_at) as created_at
    from records
    inner join contents
        on records.version_key = contents.version_key
    left join latest
        on records.video_uri = latest.video_uri
    left join video_hashes
        on records.video_uri = video_hashes.video_uri
    where
        records.video_uri is not null
        and latest.video_uri is null
        and video_hashes.video_uri is null
    group by records.video_uri

),

final as (

    select
        video_uri,
        created_at,
        true as is_latest
    from latest

    union all

    select
        video_uri,
        created_at,
        false as is_latest
    from earlier

)

select * from final
