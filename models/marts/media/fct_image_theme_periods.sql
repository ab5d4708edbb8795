with

activity as (

    select * from {{ ref('int_activity__by_period') }}

),

creative_themes as (

    select * from {{ ref('int_creatives__image_themes') }}

),

cohort_periods as (

    select * from {{ ref('int_cohorts__periods') }}

),

shown as (

    select
        activity.*,
        creative_themes.image_theme_id,
        creative_themes.leader_uri,
        coalesce(cohort_periods.is_complete, false) as is_complete,
        coalesce(cohort_periods.is_mature, false) as is_mature
    from activity
    inner join creative_themes
        on activity.version_key = creative_themes.version_key
    left join cohort_periods
        on
            activity.cohort_id = cohort_periods.cohort_id
            and activity.period_start = cohort_periods.period_start

),

summed as (

    select
        image_theme_id,
        leader_uri,
        period_start,
        currency_code,
        count(distinct creative_key) as creatives,
        count(distinct platform) as platforms,
        min(case when is_complete then 1 else 0 end) = 1 as is_complete,
        min(case when is_mature then 1 else 0 end) = 1 as is_mature,
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
        frequency_is_approximate,
        is_complete,
        is_mature
    from with_ratios

)

select * from final
