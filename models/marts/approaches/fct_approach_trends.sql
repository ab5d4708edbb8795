with

metric_trends as (

    select * from {{ ref('int_approaches__metric_trends') }}

),

approach_names as (

    select * from {{ ref('int_approaches__names_latest') }}

),

approach_clusters as (

    select * from {{ ref('int_approaches__clusters') }}

),

-- Which way the number itself first went, whether or not that was good.
directed as (

    select
        metric_trends.*,
        approach_names.approach_name,
        approach_clusters.is_stable,
        metric_trends.lower_is_better
        != (metric_trends.trend_label in ('improving', 'peaked')) as starts_upward
    from metric_trends
    left join approach_names
        on metric_trends.approach_id = approach_names.approach_id
    left join approach_clusters
        on
            metric_trends.cohort_id = approach_clusters.cohort_id
            and metric_trends.period_start = approach_clusters.period_start
            and metric_trends.approach_id = approach_clusters.approach_id

),

turned as (

    select
        *,
        case
            when starts_upward then greatest(usable_value_2_back, usable_value_1_back)
            else least(usable_value_2_back, usable_value_1_back)
        end as turning_value
    from directed

),

final as (

    select
        cohort_id,
        approach_id,
        approach_name,
        period_start,
        currency_code,
        metric,
        value,
        value_1_back,
        value_2_back,
        value_3_back,
        trend_label,
        {{ trend_direction() }} as direction,
        {{ trend_reason() }} as trend_reason,
        is_mature,
        is_approximate,
        is_stable
    from turned

)

select * from final
