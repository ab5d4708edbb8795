-- Nothing gets lost between the activity and the members of approaches, nor is anything counted twice.
with

differences as (

    select
        cohort_id,
        period_start,
        currency_code,
        spend,
        conversions,
        impressions
    from {{ ref('fct_approach_members') }}

    union all

    select
        cohort_id,
        period_start,
        currency_code,
        -spend as spend,
        -conversions as conversions,
        -impressions as impressions
    from {{ ref('int_activity__by_period') }}

),

final as (

    select
        cohort_id,
        period_start,
        currency_code,
        sum(spend) as lost_spend,
        sum(conversions) as lost_conversions,
        sum(impressions) as lost_impressions
    from differences
    group by
        cohort_id,
        period_start,
        currency_code
    having
        sum(spend) != 0
        or sum(conversions) != 0
        or sum(impressions) != 0

)

select * from final
