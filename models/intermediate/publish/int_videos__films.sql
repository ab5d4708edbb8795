with

video_hashes as (

    select * from {{ ref('stg_jobs__video_hashes') }}

),

-- Videos that no creative shows any more keep their hashes, and have no part in themes.
shown as (

    select * from {{ ref('int_videos__distinct') }}

),

final as (

    select
        video_hashes.video_uri,
        shown.created_at,
        video_hashes.content_sha256,
        first_value(video_hashes.video_uri) over (
            partition by video_hashes.content_sha256
            order by shown.created_at nulls last, video_hashes.video_uri
        ) as representative_uri
    from video_hashes
    inner join shown
        on video_hashes.video_uri = shown.video_uri
    where video_hashes.status = 'hashed'

)

select * from final
