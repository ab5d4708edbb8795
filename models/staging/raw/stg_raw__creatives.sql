{%- set types = raw_types('creatives') %}

with

source as (

    {{ raw_creatives() }}

),

cleaned as (

    select
        {{ raw_id('creative_id', types.creative_id) }} as creative_id,
        {{ raw_platform('platform', types.platform) }} as platform,
        {{ raw_account_id('account_id', types.account_id) }} as account_id,
        {{ raw_id('campaign_id', types.campaign_id) }} as campaign_id,
        {{ clean_text('creative_name') }} as creative_name,
        {{ clean_text('product') }} as product,
        {{ clean_text('headline') }} as headline,
        {{ clean_text('description') }} as description,
        {{ clean_tags('tags') }} as tags,
        {{ clean_text('format') }} as format,
        {{ clean_text('placement') }} as placement,
        {{ trimmed('image_uri') }} as image_uri,
        {{ trimmed('video_uri') }} as video_uri,
        {{ raw_moment('created_at', types.created_at) }} as created_at,
        {{ raw_moment('updated_at', types.updated_at) }} as updated_at,
        {{ raw_day('updated_at', types.updated_at) }} as updated_day
    from source

),

keyed as (

    select
        {{ surrogate_key(['platform', 'account_id', 'creative_id']) }} as creative_key,
        *,
        -- A day in the future is none.
        case when updated_day <= {{ today() }} then updated_day end as updated_on
    from cleaned
    -- Metrics cannot point to a creative without an id.
    where creative_id is not null

),

ranked as (

    select
        *,
        max(updated_on) over (partition by creative_key) as last_updated_on,
        row_number() over (
            partition by creative_key, updated_on
            order by
                updated_at desc nulls last,
                -- Versions of one moment: any rule will do that does not depend on the order of rows.
                created_at desc nulls last,
                campaign_id desc nulls last,
                creative_name desc nulls last,
                product desc nulls last,
                headline desc nulls last,
                description desc nulls last,
                tags desc nulls last,
                format desc nulls last,
                placement desc nulls last,
                image_uri desc nulls last,
                video_uri desc nulls last
        ) as version_rank
    from keyed

),

final as (

    select
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
        updated_on
    from ranked
    where
        version_rank = 1
        -- A version without a day loses to any other.
        and (updated_on is not null or last_updated_on is null)

)

select * from final
