with

activity as (

    select * from {{ ref('int_activity__by_period') }}

),

creatives as (

    select * from {{ ref('int_creatives__deduplicated') }}

),

themes as (

    select * from {{ ref('int_images__themes') }}

),

shown as (

    select
        activity.*,
        themes.image_theme_id,
        themes.leader_image_uri
    from activity
    inner join creatives
        on activity.creative_key = creatives.creative_key
    inner join themes
        on creatives.image_uri = themes.image_uri

),

summed as (

    select
        image_theme_id,
        leader_image_uri,
        period_start,
        currency_code,
        count(distinct creative_key) as creatives,
        count(distinct platform) as platforms,
        {{ performance_sums() }}
    from shown
    group by
        image_theme_id,
        leader_image_uri,
        period_start,
        currency_code

),

with_ratios as (

    select
        *,
        {{ performance_ratios() }}
    from summed

),

final as (

    select
        image_theme_id,
        period_start,
        currency_code,
        leader_image_uri,
        creatives,
        platforms,
        impressions,
        clicks,
        spend,
        conversions,
        conversions_value,
        reach,
        ctr,
        conversion_rate,
        cost_per_click,
        cost_per_conversion,
        return_on_spend,
        frequency,
        frequency_is_approximate
    from with_ratios

)

select * from final
