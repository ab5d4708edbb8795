{# Nothing gets lost between two models of cohorts, periods and currencies, nor is anything counted twice. #}
{% test same_sums_as(model, other) %}

with

differences as (

    select
        cohort_id,
        period_start,
        currency_code,
        spend,
        conversions,
        impressions
    from {{ model }}

    union all

    select
        cohort_id,
        period_start,
        currency_code,
        -spend as spend,
        -conversions as conversions,
        -impressions as impressions
    from {{ other }}

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

{% endtest %}
