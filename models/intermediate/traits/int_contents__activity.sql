with

activity as (

    select * from {{ ref('int_activity__by_period') }}

),

content_hashes as (

    select * from {{ ref('int_creatives__content_hashes') }}

),

final as (

    select
        activity.cohort_id,
        activity.period_start,
        activity.version_key,
        activity.currency_code,
        activity.creative_key,
        activity.platform,
        activity.impressions,
        activity.clicks,
        activity.spend,
        activity.conversions,
        activity.conversions_value,
        activity.reach,
        activity.reach_measurements,
        activity.impressions_with_reach,
        -- Of a creative that only the metrics know, no content is known: it is one of its own.
        coalesce(content_hashes.content_hash, activity.version_key) as content_key
    from activity
    left join content_hashes
        on activity.version_key = content_hashes.version_key

)

select * from final
