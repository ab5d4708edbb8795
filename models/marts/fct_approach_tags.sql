with

tag_tests as (

    select * from {{ ref('stg_jobs__approach_tag_tests') }}

),

approach_names as (

    select * from {{ ref('int_approaches__names_latest') }}

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
        tag_tests.p_value,
        tag_tests.q_value,
        tag_tests.is_discriminating,
        tag_tests.is_descriptive
    from tag_tests
    left join approach_names
        on tag_tests.approach_id = approach_names.approach_id

)

select * from final
