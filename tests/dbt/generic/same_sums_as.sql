{# Nothing gets lost between two models, nor is anything counted twice, in any group of rows of the columns by. #}
{% test same_sums_as(model, other, by=['cohort_id', 'period_start', 'currency_code']) %}

with

differences as (

    select
        {{ by | join(', ') }},
        spend,
        conversions,
        impressions
    from {{ model }}

    union all

    select
        {{ by | join(', ') }},
        -spend as spend,
        -conversions as conversions,
        -impressions as impressions
    from {{ other }}

),

final as (

    select
        {{ by | join(', ') }},
        sum(spend) as lost_spend,
        sum(conversions) as lost_conversions,
        sum(impressions) as lost_impressions
    from differences
    group by {{ by | join(', ') }}
    having
        sum(spend) != 0
        or sum(conversions) != 0
        or sum(impressions) != 0

)

select * from final

{% endtest %}
