-- To the cent, per currency and period. That activity has the spend of the source is tested where it
-- is prepared.
with

marts as (

    select 'fct_approach_members' as mart
    union all
    select 'fct_approach_periods' as mart
    union all
    select 'fct_approach_theme_periods' as mart

),

all_spend as (

    select
        'fct_approach_members' as mart,
        period_start,
        currency_code,
        spend
    from {{ ref('fct_approach_members') }}

    union all

    select
        'fct_approach_periods' as mart,
        period_start,
        currency_code,
        spend
    from {{ ref('fct_approach_periods') }}

    union all

    select
        'fct_approach_theme_periods' as mart,
        period_start,
        currency_code,
        spend
    from {{ ref('fct_approach_theme_periods') }}

    union all

    select
        marts.mart,
        activity.period_start,
        activity.currency_code,
        -activity.spend as spend
    from {{ ref('int_activity__by_period') }} as activity
    cross join marts

),

final as (

    select
        mart,
        period_start,
        currency_code,
        sum(spend) as lost_spend
    from all_spend
    group by
        mart,
        period_start,
        currency_code
    having sum(spend) != 0

)

select * from final
