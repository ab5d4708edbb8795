with

trait_tests as (

    select * from {{ source('jobs', 'approach_trait_tests') }}

),

approach_names as (

    select * from {{ ref('int_approaches__names_latest') }}

),

trait_performance as (

    select * from {{ ref('int_approaches__trait_performance') }}

),

creative_traits as (

    select * from {{ ref('stg_seeds__creative_traits') }}

),

final as (

    select
        trait_tests.cohort_id,
        trait_tests.period_start,
        trait_tests.approach_id,
        trait_tests.attribute,
        trait_tests.value,
        coalesce(creative_traits.label, trait_tests.value) as trait_label,
        approach_names.approach_name,
        trait_tests.with_trait_inside,
        trait_tests.without_trait_inside,
        trait_tests.with_trait_outside,
        trait_tests.without_trait_outside,
        trait_tests.odds_ratio,
        {{ odds_ratio_label('trait_tests.odds_ratio') }} as odds_ratio_label,
        trait_tests.odds_ratio_low,
        trait_tests.odds_ratio_high,
        trait_tests.direction,
        trait_tests.p_value,
        trait_tests.p_value_greater,
        trait_tests.q_value,
        trait_tests.is_discriminating,
        trait_tests.is_descriptive,
        trait_performance.creatives_with_trait,
        trait_performance.creatives_without_trait,
        trait_performance.impressions_with_trait,
        trait_performance.impressions_without_trait,
        trait_performance.ctr_with_trait,
        trait_performance.ctr_without_trait,
        trait_performance.conversion_rate_with_trait,
        trait_performance.conversion_rate_without_trait,
        trait_performance.currency_code,
        trait_performance.cost_per_conversion_with_trait,
        trait_performance.cost_per_conversion_without_trait
    from trait_tests
    left join approach_names
        on trait_tests.approach_id = approach_names.approach_id
    inner join trait_performance
        on
            trait_tests.cohort_id = trait_performance.cohort_id
            and trait_tests.period_start = trait_performance.period_start
            and trait_tests.approach_id = trait_performance.approach_id
            and trait_tests.attribute = trait_performance.attribute
            and trait_tests.value = trait_performance.value
    left join creative_traits
        on
            trait_tests.attribute = creative_traits.attribute
            and trait_tests.value = creative_traits.value

)

select * from final
