with

periods as (

    select * from {{ ref('int_approaches__periods') }}

),

snapshots as (

    select * from {{ source('jobs', 'approach_snapshots') }}

),

approach_clusters as (

    select * from {{ ref('int_approaches__clusters') }}

),

approach_names as (

    select * from {{ ref('int_approaches__names_latest') }}

),

final as (

    select
        {{ surrogate_key([
            'periods.cohort_id',
            'periods.period_start',
            'periods.assignment_status',
            'periods.approach_id',
            'periods.currency_code',
        ]) }} as approach_period_id,
        periods.cohort_id,
        periods.period_start,
        periods.assignment_status,
        periods.approach_id,
        periods.currency_code,
        approach_names.approach_name,
        snapshots.status,
        approach_clusters.stability,
        approach_clusters.is_stable,
        approach_clusters.approach_theme_id,
        approach_clusters.approach_theme_name,
        periods.creatives,
        periods.impressions,
        periods.clicks,
        periods.spend,
        periods.conversions,
        periods.conversions_value,
        periods.reach,
        periods.ctr,
        periods.conversion_rate,
        periods.cost_per_click,
        periods.cost_per_conversion,
        periods.return_on_spend,
        periods.frequency,
        periods.frequency_is_approximate,
        periods.is_complete,
        periods.is_mature
    from periods
    left join snapshots
        on
            periods.cohort_id = snapshots.cohort_id
            and periods.period_start = snapshots.period_start
            and periods.approach_id = snapshots.approach_id
    left join approach_clusters
        on
            periods.cohort_id = approach_clusters.cohort_id
            and periods.period_start = approach_clusters.period_start
            and periods.approach_id = approach_clusters.approach_id
    left join approach_names
        on periods.approach_id = approach_names.approach_id

)

select * from final
