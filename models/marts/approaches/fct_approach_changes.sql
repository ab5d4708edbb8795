with

changes as (

    select * from {{ ref('int_approaches__changes') }}

),

metrics as (

    {{ trend_metrics() }}

),

approach_names as (

    select * from {{ ref('int_approaches__names_latest') }}

),

named as (

    select
        changes.*,
        metrics.metric_label,
        metrics.is_percentage,
        approach_names.approach_name
    from changes
    inner join metrics
        on changes.metric = metrics.metric
    left join approach_names
        on changes.approach_id = approach_names.approach_id

),

final as (

    select
        cohort_id,
        approach_id,
        approach_name,
        period_start,
        currency_code,
        metric,
        periods_back,
        value,
        value_back,
        delta,
        relative_delta,
        delta_low,
        delta_high,
        p_value,
        q_value,
        is_significant,
        case
            when delta = 0 then 'unchanged'
            when (delta < 0) = lower_is_better then 'better'
            when delta is not null then 'worse'
        end as direction,
        own_change,
        reallocation_change,
        entered_change,
        left_change,
        creatives,
        is_mature,
        is_approximate,
        {{ change_reason() }} as change_reason
    from named

)

select * from final
