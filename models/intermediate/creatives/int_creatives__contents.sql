with

records as (

    select
        *,
        row_number() over (partition by version_key order by valid_from desc, recorded_at desc) as recency,
        row_number() over (
            partition by creative_key
            order by valid_from desc, recorded_at desc
        ) as recency_of_creative
    from {{ ref('int_creatives__records') }}

),

source as (

    select
        *,
        row_number() over (partition by creative_key order by updated_on desc) as recency
    from {{ ref('stg_raw__creatives') }}

),

active as (

    select distinct version_key
    from {{ ref('int_activity__by_period') }}

),

-- What is kept of creatives that are no longer there, and of texts that no day has shown, concerns nobody.
shown as (

    select
        records.*,
        source.campaign_id,
        source.creative_name,
        source.product,
        source.created_at,
        source.updated_at
    from records
    left join source
        on
            records.creative_key = source.creative_key
            and source.recency = 1
    left join active
        on records.version_key = active.version_key
    where
        records.recency = 1
        and (
            active.version_key is not null
            or (records.recency_of_creative = 1 and source.creative_key is not null)
        )

),

final as (

    select
        version_key,
        creative_key,
        creative_id,
        platform,
        account_id,
        campaign_id,
        creative_name,
        product,
        headline,
        description,
        tags,
        format,
        placement,
        image_uri,
        video_uri,
        created_at,
        updated_at,
        wording_hash,
        image_sha256,
        video_sha256,
        valid_from as latest_valid_from,
        count(*) over (partition by creative_key) as contents,
        row_number() over (
            partition by creative_key
            order by valid_from desc, recorded_at desc
        ) = 1 as is_latest
    from shown

)

select * from final
