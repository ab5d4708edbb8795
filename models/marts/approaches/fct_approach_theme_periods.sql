with

periods as (

    select * from {{ ref('int_approaches__periods') }}

),

approach_clusters as (

    select * from {{ ref('int_approaches__clusters') }}

),

creative_periods as (

    select * from {{ ref('int_approaches__creative_periods') }}

),

-- Creatives outside every approach are in no theme and keep lines of their own, so that the sums reconcile.
with_themes as (

    select
        periods.*,
        approach_clusters.approach_theme_id,
        approach_clusters.approach_theme_name
    from periods
    left join approach_clusters
        on
            periods.cohort_id = approach_clusters.cohort_id
            and periods.period_start = approach_clusters.period_start
            and periods.approach_id = approach_clusters.approach_id

),

-- A creative that was edited may be in two approaches of a theme, and counts once.
creatives_of_themes as (

    select
        creative_periods.cohort_id,
        creative_periods.period_start,
        creative_periods.currency_code,
        approach_clusters.approach_theme_id,
        count(distinct creative_periods.creative_key) as creatives
    from creative_periods
    inner join approach_clusters
        on
            creative_periods.cohort_id = approach_clusters.cohort_id
            and creative_periods.period_start = approach_clusters.period_start
            and creative_periods.approach_id = approach_clusters.approach_id
    group by
        creative_periods.cohort_id,
        creative_periods.period_start,
        creative_periods.currency_code,
        approach_clusters.approach_theme_id

),

summed as (

    select
        cohort_id,
        period_start,
        assignment_status,
        approach_theme_id,
        currency_code,
        approach_theme_name,
        is_complete,
        is_mature,
        count(approach_id) as approaches,
        cast(sum(creatives) as {{ dbt.type_bigint() }}) as creatives_of_approaches,
        {{ performance_sums() }}
    from with_themes
    group by
        cohort_id,
        period_start,
        assignment_status,
        approach_theme_id,
        currency_code,
        approach_theme_name,
        is_complete,
        is_mature

),

with_ratios as (

    select
        summed.*,
        coalesce(creatives_of_themes.creatives, summed.creatives_of_approaches) as creatives,
        {{ performance_ratios() }}
    from summed
    left join creatives_of_themes
        on
            summed.cohort_id = creatives_of_themes.cohort_id
            and summed.period_start = creatives_of_themes.period_start
            and summed.currency_code = creatives_of_themes.currency_code
            and summed.approach_theme_id = creatives_of_themes.approach_theme_id

),

final as (

    select
        {{ surrogate_key([
            'cohort_id',
            'period_start',
            'assignment_status',
            'approach_theme_id',
            'currency_code',
        ]) }} as approach_theme_period_id,
        cohort_id,
        period_start,
        assignment_status,
        approach_theme_id,
        currency_code,
        approach_theme_name,
        approaches,
        creatives,
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
