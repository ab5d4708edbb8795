with

periods as (

    select * from {{ ref('int_approaches__periods') }}

),

approach_clusters as (

    select * from {{ ref('int_approaches__clusters') }}

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

-- A creative is in one approach of a cohort and period, so that those of a theme add up.
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
        cast(sum(creatives) as {{ dbt.type_bigint() }}) as creatives,
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
        *,
        {{ performance_ratios() }}
    from summed

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
