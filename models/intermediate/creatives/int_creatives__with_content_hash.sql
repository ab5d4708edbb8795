with

creatives as (

    select * from {{ ref('stg_raw__creatives') }}

),

hashed as (

    select
        *,
        case
            when coalesce(headline, description, tags, image_uri, video_uri) is not null
                then {{ surrogate_key(
                    ['headline', 'description', 'tags', 'format', 'placement', 'image_uri', 'video_uri']
                ) }}
            -- Creatives of which nothing is known are not copies of each other.
            else creative_key
        end as content_hash
    from creatives

),

final as (

    select
        creative_key,
        creative_id,
        platform,
        account_id,
        campaign_id,
        creative_name,
        headline,
        description,
        tags,
        format,
        placement,
        image_uri,
        video_uri,
        created_at,
        updated_at,
        content_hash,
        count(*) over (
            partition by platform, account_id, content_hash
        ) as content_copies,
        row_number() over (
            partition by platform, account_id, content_hash
            order by created_at nulls last, creative_key
        ) = 1 as is_canonical
    from hashed

)

select * from final
