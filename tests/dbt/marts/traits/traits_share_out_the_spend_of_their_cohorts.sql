-- To the cent, and as often as there are attributes: no value of an attribute may be missing, nor counted
-- twice. The pairs of two attributes share out the spend of their periods.
with

activity as (

    select * from {{ ref('int_activity__by_period') }}

),

trait_periods as (

    select * from {{ ref('fct_trait_periods') }}

),

trait_pairs as (

    select * from {{ ref('fct_trait_pairs') }}

),

spent as (

    select
        cohort_id,
        period_start,
        currency_code,
        sum(spend) as spend
    from activity
    group by
        cohort_id,
        period_start,
        currency_code

),

by_attribute as (

    select
        cohort_id,
        period_start,
        currency_code,
        attribute,
        sum(spend) as spend
    from trait_periods
    group by
        cohort_id,
        period_start,
        currency_code,
        attribute

),

attributes as (

    select count(distinct attribute) as attributes
    from trait_periods

),

compared as (

    select
        spent.cohort_id,
        spent.period_start,
        spent.currency_code,
        count(by_attribute.attribute) as attributes,
        count(case when by_attribute.spend != spent.spend then 1 end) as wrong_attributes
    from spent
    left join by_attribute
        on
            spent.cohort_id = by_attribute.cohort_id
            and spent.period_start = by_attribute.period_start
            and spent.currency_code = by_attribute.currency_code
    group by
        spent.cohort_id,
        spent.period_start,
        spent.currency_code

),

by_pair as (

    select
        cohort_id,
        currency_code,
        attribute,
        other_attribute,
        first_period_start,
        last_period_start,
        sum(spend) as spend
    from trait_pairs
    group by
        cohort_id,
        currency_code,
        attribute,
        other_attribute,
        first_period_start,
        last_period_start

),

compared_pairs as (

    select
        by_pair.cohort_id,
        by_pair.first_period_start,
        by_pair.currency_code,
        by_pair.attribute,
        by_pair.other_attribute,
        by_pair.spend,
        sum(spent.spend) as cohort_spend
    from by_pair
    inner join spent
        on
            by_pair.cohort_id = spent.cohort_id
            and by_pair.currency_code = spent.currency_code
            and by_pair.first_period_start <= spent.period_start
            and by_pair.last_period_start >= spent.period_start
    group by
        by_pair.cohort_id,
        by_pair.first_period_start,
        by_pair.currency_code,
        by_pair.attribute,
        by_pair.other_attribute,
        by_pair.spend

),

final as (

    select
        'fct_trait_periods' as mart,
        compared.cohort_id,
        compared.period_start,
        compared.currency_code
    from compared
    cross join attributes
    where
        compared.wrong_attributes > 0
        or compared.attributes != attributes.attributes

    union all

    select
        'fct_trait_pairs' as mart,
        cohort_id,
        first_period_start as period_start,
        currency_code
    from compared_pairs
    where spend != cohort_spend

)

select * from final
