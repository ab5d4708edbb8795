-- To the cent, per currency, from the marts back to the cleaned source.
with

marts as (

    select 'fct_approach_members' as mart
    union all
    select 'fct_approach_periods' as mart

),

all_spend as (

    select
        'fct_approach_members' as mart,
        currency_code,
        spend
    from {{ ref('fct_approach_members') }}

    union all

    select
        'fct_approach_periods' as mart,
        currency_code,
        spend
    from {{ ref('fct_approach_periods') }}

    union all

    select
        marts.mart,
        metrics.currency_code,
        -metrics.spend as spend
    from {{ ref('stg_raw__creative_daily_metrics') }} as metrics
    cross join marts

),

final as (

    select
        mart,
        currency_code,
        sum(spend) as lost_spend
    from all_spend
    group by
        mart,
        currency_code
    having sum(spend) != 0

)

select * from final
