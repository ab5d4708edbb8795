with

source as (

    {{ raw_rows('creatives') }}

),

cleaned as (

    select
        {{ clean_id('creative_id') }} as creative_id,
        lower({{ clean_id('platform') }}) as platform,
        {{ clean_id('account_id') }} as account_id,
        {{ clean_id('campaign_id') }} as campaign_id,
        {{ clean_text('creative_name') }} as creative_name,
        {{ clean_text('headline') }} as headline,
        {{ clean_text('description') }} as description,
        {{ clean_tags('tags') }} as tags,
        {{ clean_text('format') }} as format,
        {{ clean_text('placement') }} as placement,
        {{ clean_id('image_uri') }} as image_uri,
        {{ clean_id('video_uri') }} as video_uri,
        cast(created_at as {{ dbt.type_timestamp() }}) as created_at,
        cast(updated_at as {{ dbt.type_timestamp() }}) as updated_at
    from source

),

keyed as (

    select
        {{ surrogate_key(['platform', 'account_id', 'creative_id']) }} as creative_key,
        *
    from cleaned
    -- Metrics cannot point to a creative without an id.
    where creative_id is not null

),

ranked as (

    select
        *,
        row_number() over (
            partition by creative_key
            order by
                updated_at desc nulls last,
                -- Versions of one moment: any rule will do that does not depend on the order of rows.
                created_at desc nulls last,
                campaign_id desc nulls last,
                creative_name desc nulls last,
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
        headline,
        description,
        tags,
        format,
        placement,
        image_uri,
        video_uri,
        created_at,
        updated_at
    from ranked
    where version_rank = 1

)

select * from final
