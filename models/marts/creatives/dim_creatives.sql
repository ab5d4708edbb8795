with

known as (

    select * from {{ ref('int_creatives__known') }}

),

creatives as (

    select * from {{ ref('int_creatives__contents') }}
    where is_latest

),

content_hashes as (

    select * from {{ ref('int_creatives__content_hashes') }}

),

annotations as (

    select * from {{ ref('int_contents__annotations') }}

),

features as (

    select * from {{ ref('int_creatives__features') }}

),

themes as (

    select * from {{ ref('int_creatives__image_themes') }}

),

latest_approach as (

    select * from {{ ref('int_creatives__latest_approach') }}

),

approach_names as (

    select * from {{ ref('int_approaches__names_latest') }}

),

final as (

    select
        known.creative_key,
        known.creative_id,
        known.platform,
        known.account_id,
        known.has_creative_record,
        creatives.campaign_id,
        creatives.creative_name,
        creatives.product,
        creatives.headline,
        creatives.description,
        creatives.tags,
        creatives.format,
        creatives.placement,
        creatives.image_uri,
        creatives.video_uri,
        creatives.created_at,
        creatives.updated_at,
        creatives.contents,
        content_hashes.content_hash,
        content_hashes.content_copies,
        content_hashes.is_canonical,
        annotations.traits,
        annotations.approach_phrase,
        features.text_length,
        features.word_count,
        features.has_question,
        features.has_number,
        features.has_price,
        features.has_percent,
        features.has_date,
        features.has_occasion,
        features.has_rating,
        features.has_user_count,
        features.has_emoji,
        features.script,
        features.language,
        themes.image_theme_id,
        latest_approach.approach_id as latest_approach_id,
        approach_names.approach_name as latest_approach_name
    from known
    left join creatives
        on known.creative_key = creatives.creative_key
    left join content_hashes
        on creatives.version_key = content_hashes.version_key
    left join annotations
        on content_hashes.content_hash = annotations.content_hash
    left join features
        on creatives.version_key = features.version_key
    left join themes
        on creatives.version_key = themes.version_key
    left join latest_approach
        on known.creative_key = latest_approach.creative_key
    left join approach_names
        on latest_approach.approach_id = approach_names.approach_id

)

select * from final
