with

fatigue as (

    select * from {{ ref('int_approaches__fatigue') }}

),

approach_names as (

    select * from {{ ref('int_approaches__names_latest') }}

),

final as (

    select
        fatigue.cohort_id,
        fatigue.approach_id,
        approach_names.approach_name,
        fatigue.period_start,
        fatigue.currency_code,
        fatigue.is_fatigued,
        {{ fatigue_reason() }} as fatigue_reason,
        fatigue.response_change,
        fatigue.response_change_low,
        fatigue.response_change_high,
        fatigue.p_value,
        fatigue.q_value,
        fatigue.creatives,
        fatigue.mean_age,
        fatigue.spend_share,
        fatigue.is_complete
    from fatigue
    left join approach_names
        on fatigue.approach_id = approach_names.approach_id

)

select * from final
