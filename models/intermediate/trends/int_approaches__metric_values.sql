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
        -- A week that still runs has no weekend yet; what is made of conversions waits for them as well.
        case
            when metrics.support = 'conversions' then approach_periods.is_mature
            else approach_periods.is_complete
        end as is_mature,
        metrics.metric = 'frequency'
        and coalesce(approach_periods.frequency_is_approximate, false) as is_approximate,
        case metrics.metric
            {% for metric in ratio_parts() %}
                when '{{ metric }}' then approach_periods.{{ metric }}
            {% endfor %}
        end as value -- noqa: RF04
    from approach_periods
    cross join metrics
    where approach_periods.assignment_status = 'assigned'

)

select * from final
