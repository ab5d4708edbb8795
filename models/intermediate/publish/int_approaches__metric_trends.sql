with

rolling_values as (

    select * from {{ ref('int_approaches__rolling_values') }}

),

oldest_in_use as (

    select
        cohort_id,
        approach_id,
        period_start,
        currency_code,
        metric,
        metric_label,
        is_percentage,
        lower_is_better,
        support,
        value,
        value_1_back,
        value_2_back,
        value_3_back,
        usable_value,
        usable_value_1_back,
        usable_value_2_back,
        usable_value_3_back,
        coalesce(usable_value_3_back, usable_value_2_back) as usable_value_oldest
    from rolling_values

),

steps as (

    select
        *,
        {{ trend_step('usable_value_3_back', 'usable_value_2_back') }} as step_3,
        {{ trend_step('usable_value_2_back', 'usable_value_1_back') }} as step_2,
        {{ trend_step('usable_value_1_back', 'usable_value') }} as step_1,
        {{ trend_step('usable_value_oldest', 'usable_value') }} as net_step
    from oldest_in_use

),

final as (

    select
        *,
        {{ trend_label() }} as trend_label
    from steps

)

select * from final
