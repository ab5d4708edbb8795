with

approach_periods as (

    select * from {{ ref('int_approaches__periods') }}

),

metrics as (

    {{ trend_metrics() }}

),

final as (

    select
        approach_periods.cohort_id,
        approach_periods.approach_id,
        approach_periods.period_start,
        approach_periods.currency_code,
        metrics.metric,
        metrics.metric_label,
        metrics.is_percentage,
        metrics.lower_is_better,
        metrics.support,
        case metrics.support
            when 'impressions' then approach_periods.impressions
            when 'clicks' then approach_periods.clicks
            when 'conversions' then approach_periods.conversions
        end >= {{ minimum_support('metrics.support') }} as has_support,
        case metrics.metric
            when 'ctr' then approach_periods.ctr
            when 'conversion_rate' then approach_periods.conversion_rate
            when 'cost_per_click' then approach_periods.cost_per_click
            when 'cost_per_conversion' then approach_periods.cost_per_conversion
            when 'return_on_spend' then approach_periods.return_on_spend
            when 'frequency' then approach_periods.frequency
        end as value -- noqa: RF04
    from approach_periods
    cross join metrics
    where approach_periods.assignment_status = 'assigned'

)

select * from final
