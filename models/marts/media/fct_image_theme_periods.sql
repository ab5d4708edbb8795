with

activity as (

    select * from {{ ref('int_activity__by_period') }}

),

creative_themes as (

    select * from {{ ref('int_creatives__image_themes') }}

),

shown as (

    select
        activity.*,
        creative_themes.image_theme_id,
        creative_themes.leader_uri
    from activity
    inner join creative_themes
        on activity.creative_key = creative_themes.creative_key

),

summed as (

    select
        image_theme_id,
        leader_uri,
        period_start,
        currency_code,
        count(distinct creative_key) as creatives,
        count(distinct platform) as platforms,
        {{ performance_sums() }}
    from shown
    group by
        image_theme_id,
        leader_uri,
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
        leader_uri,
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
