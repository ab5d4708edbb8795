with

tag_tests as (

    select * from {{ source('jobs', 'approach_tag_tests') }}

),

approach_names as (

    select * from {{ ref('int_approaches__names_latest') }}

),

tag_performance as (

    select * from {{ ref('int_approaches__tag_performance') }}

),

final as (

    select
        tag_tests.cohort_id,
        tag_tests.period_start,
        tag_tests.approach_id,
        tag_tests.tag,
        approach_names.approach_name,
        tag_tests.with_tag_inside,
        tag_tests.without_tag_inside,
        tag_tests.with_tag_outside,
        tag_tests.without_tag_outside,
        tag_tests.odds_ratio,
        {{ odds_ratio_label('tag_tests.odds_ratio') }} as odds_ratio_label,
        tag_tests.odds_ratio_low,
        tag_tests.odds_ratio_high,
        tag_tests.direction,
        tag_tests.p_value,
        tag_tests.p_value_greater,
        tag_tests.q_value,
        tag_tests.is_discriminating,
        tag_tests.is_descriptive,
        tag_performance.creatives_with_tag,
        tag_performance.creatives_without_tag,
        tag_performance.impressions_with_tag,
        tag_performance.impressions_without_tag,
        tag_performance.ctr_with_tag,
        tag_performance.ctr_without_tag,
        tag_performance.conversion_rate_with_tag,
        tag_performance.conversion_rate_without_tag,
        tag_performance.currency_code,
        tag_performance.cost_per_conversion_with_tag,
        tag_performance.cost_per_conversion_without_tag
    from tag_tests
    left join approach_names
        on tag_tests.approach_id = approach_names.approach_id
    inner join tag_performance
        on
            tag_tests.cohort_id = tag_performance.cohort_id
            and tag_tests.period_start = tag_performance.period_start
            and tag_tests.approach_id = tag_performance.approach_id
            and tag_tests.tag = tag_performance.tag

)

select * from final
