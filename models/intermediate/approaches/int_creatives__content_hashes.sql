with

contents as (

    select * from {{ ref('int_creatives__contents') }}

),

image_hashes as (

    select * from {{ source('jobs', 'image_hashes') }}

),

video_hashes as (

    select * from {{ source('jobs', 'video_hashes') }}

),

-- The contents were listed before the media jobs ran.
loaded as (

    select
        contents.version_key,
        contents.platform,
        contents.account_id,
        contents.created_at,
        contents.wording_hash,
        contents.format,
        coalesce(image_hashes.content_sha256, contents.image_sha256) as image_sha256,
        coalesce(video_hashes.content_sha256, contents.video_sha256) as video_sha256
    from contents
    left join image_hashes
        on contents.image_uri = image_hashes.image_uri
    left join video_hashes
        on contents.video_uri = video_hashes.video_uri

),

-- As in jobs/contents.py.
hashed as (

    select
        version_key,
        platform,
        account_id,
        created_at,
        case
            when coalesce(wording_hash, image_sha256, video_sha256) is not null
                then {{ surrogate_key(['wording_hash', 'format', 'image_sha256', 'video_sha256']) }}
            -- Creatives of which nothing is known are not copies of each other.
            else version_key
        end as content_hash
    from loaded

),

final as (

    select
        version_key,
        content_hash,
        count(*) over (
            partition by platform, account_id, content_hash
        ) as content_copies,
        row_number() over (
            partition by platform, account_id, content_hash
            order by created_at nulls last, version_key
        ) = 1 as is_canonical
    from hashed

)

select * from final
