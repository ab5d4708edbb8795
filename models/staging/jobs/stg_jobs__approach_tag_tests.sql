with

source as (

    select * from {{ source('jobs', 'approach_tag_tests') }}

),

final as (

    select
        cohort_id,
        period_start,
        approach_id,
        tag,
        with_tag_inside,
        without_tag_inside,
        with_tag_outside,
        without_tag_outside,
        odds_ratio,
        odds_ratio_low,
        odds_ratio_high,
        direction,
        p_value,
        p_value_greater,
        q_value,
        is_discriminating,
        is_descriptive
    from source

)

select * from final
