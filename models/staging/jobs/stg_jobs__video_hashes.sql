with

source as (

    select * from {{ source('jobs', 'video_hashes') }}

),

final as (

    select
        video_uri,
        content_sha256,
        content_version,
        checked_at,
        content_bytes,
        format,
        codec,
        width,
        height,
        duration_seconds,
        keyframes,
        status,
        reason,
        detail
    from source

)

select * from final
