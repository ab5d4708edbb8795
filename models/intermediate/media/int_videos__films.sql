with

video_hashes as (

    select * from {{ source('jobs', 'video_hashes') }}

),

-- Videos that no creative shows any more keep their hashes, and have no part in themes.
shown as (

    select * from {{ ref('int_videos__distinct') }}
    where is_latest

),

hashed as (

    select
        video_hashes.content_sha256,
        video_hashes.video_uri,
        shown.created_at,
        row_number() over (
            partition by video_hashes.content_sha256
            order by shown.created_at nulls last, video_hashes.video_uri
        ) as place
    from video_hashes
    inner join shown
        on video_hashes.video_uri = shown.video_uri
    where video_hashes.status = 'hashed'

),

-- The same bytes at several addresses are one film, as old as the first creative that shows it.
final as (

    select
        content_sha256,
        video_uri,
        created_at
    from hashed
    where place = 1

)

select * from final
