-- To the cent: the formats of a theme add up to it, in each period and currency.
with

formats as (

    select * from {{ ref('fct_image_theme_formats') }}

),

periods as (

    select * from {{ ref('fct_image_theme_periods') }}

),

differences as (

    select
        image_theme_id,
        period_start,
        currency_code,
        spend,
        conversions,
        impressions
    from formats

    union all

    select
        image_theme_id,
        period_start,
        currency_code,
        -spend as spend,
        -conversions as conversions,
        -impressions as impressions
    from periods

),

final as (

    select
        image_theme_id,
        period_start,
        currency_code,
        sum(spend) as lost_spend,
        sum(conversions) as lost_conversions,
        sum(impressions) as lost_impressions
    from differences
    group by
        image_theme_id,
        period_start,
        currency_code
    having
        sum(spend) != 0
        or sum(conversions) != 0
        or sum(impressions) != 0

)

select * from final
