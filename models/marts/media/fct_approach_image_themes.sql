with

activity as (

    select * from {{ ref('int_activity__by_period') }}

),

assigned as (

    select * from {{ ref('int_creatives__assigned_to_approaches') }}

),

creative_themes as (

    select * from {{ ref('int_creatives__image_themes') }}

),

approach_names as (

    select * from {{ ref('int_approaches__names_latest') }}

),

approach_periods as (

    select * from {{ ref('int_approaches__periods') }}

),

shown as (

    select
        activity.*,
        assigned.approach_id,
        creative_themes.image_theme_id,
        creative_themes.leader_uri
    from activity
    inner join assigned
        on
            activity.cohort_id = assigned.cohort_id
            and activity.period_start = assigned.period_start
            and activity.version_key = assigned.version_key
    inner join creative_themes
        on activity.version_key = creative_themes.version_key
    where assigned.approach_id is not null

),

summed as (

    select
        cohort_id,
        period_start,
        approach_id,
        image_theme_id,
        leader_uri,
        currency_code,
        count(distinct creative_key) as creatives,
        {{ performance_sums() }}
    from shown
    group by
        cohort_id,
        period_start,
        approach_id,
        image_theme_id,
        leader_uri,
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
        {{ surrogate_key([
            'with_ratios.cohort_id',
            'with_ratios.period_start',
            'with_ratios.approach_id',
            'with_ratios.image_theme_id',
            'with_ratios.currency_code',
        ]) }} as approach_image_theme_id,
        with_ratios.cohort_id,
        with_ratios.period_start,
        with_ratios.approach_id,
        with_ratios.image_theme_id,
        with_ratios.currency_code,
        approach_names.approach_name,
        with_ratios.leader_uri,
        with_ratios.creatives,
        with_ratios.impressions,
        with_ratios.clicks,
        with_ratios.spend,
        with_ratios.conversions,
        with_ratios.conversions_value,
        with_ratios.ctr,
        with_ratios.conversion_rate,
        with_ratios.cost_per_click,
        with_ratios.cost_per_conversion,
        with_ratios.return_on_spend,
        {{ safe_divide('with_ratios.spend', 'approach_periods.spend') }} as spend_share,
        approach_periods.is_complete,
        approach_periods.is_mature
    from with_ratios
    left join approach_periods
        on
            with_ratios.cohort_id = approach_periods.cohort_id
            and with_ratios.period_start = approach_periods.period_start
            and with_ratios.approach_id = approach_periods.approach_id
            and with_ratios.currency_code = approach_periods.currency_code
    left join approach_names
        on with_ratios.approach_id = approach_names.approach_id

)

select * from final
