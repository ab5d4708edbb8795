{%- set family = ['cohort_id', 'period_start', 'standard_error is null'] %}

with

creative_periods as (

    select * from {{ ref('int_approaches__creative_periods') }}

),

approach_periods as (

    select * from {{ ref('int_approaches__periods') }}

),

numbered as (

    select
        *,
        {{ period_number('period_start', var('period_grain')) }} as period_number
    from creative_periods

),

aged as (

    select
        *,
        period_number - min(period_number) over (partition by cohort_id, creative_key, currency_code) as age
    from numbered

),

-- A creative's own history up to a period, whichever approach it was in. Whole numbers: the sums are exact.
histories as (

    select
        cohort_id,
        approach_id,
        period_start,
        currency_code,
        creative_key,
        age,
        cast(sum(clicks) over history as float64) as clicks,
        cast(sum(impressions) over history as float64) as impressions,
        cast(sum(clicks * age) over history as float64) as clicked_by_age,
        cast(sum(impressions * age) over history as float64) as shown_by_age,
        cast(sum(impressions * age * age) over history as float64) as shown_by_age_squared,
        sum(spend) over history as spend,
        count(*) over history as periods
    from aged
    window history as (
        partition by cohort_id, creative_key, currency_code
        order by period_number
        range between {{ var('fatigue_periods') - 1 }} preceding and current row
    )

),

-- The line through a creative's CTR by age, its impressions as weights: its slope as a part of its mean.
declines as (

    select
        cohort_id,
        approach_id,
        period_start,
        currency_code,
        creative_key,
        age,
        cast(spend as float64) as spend,
        {{ safe_divide(
            'impressions * (impressions * clicked_by_age - clicks * shown_by_age)',
            'clicks * (impressions * shown_by_age_squared - shown_by_age * shown_by_age)',
        ) }} as response_change
    from histories
    where periods >= 3 and spend > 0

),

-- What is added up are exact numbers, because a sum of floats depends on their order.
weighed as (

    select
        *,
        cast(sum(cast(spend as numeric(38, 9))) over approach as float64) as total_spend,
        cast(sum(cast(spend * response_change as numeric(38, 9))) over approach as float64) as total_change,
        cast(sum(cast(spend * age as numeric(38, 9))) over approach as float64) as total_age
    from declines
    where response_change is not null
    window approach as (partition by cohort_id, approach_id, period_start, currency_code)

),

-- The delete-one-creative jackknife of the weighted mean, as in macro change_sums.
summed as (

    select
        cohort_id,
        approach_id,
        period_start,
        currency_code,
        count(*) as creatives,
        max(total_change / total_spend) as response_change,
        max(total_age / total_spend) as mean_age,
        cast(sum(cast(1e12 * least(power(
            spend * (response_change - total_change / total_spend) / nullif(total_spend - spend, 0), 2
        ), 1e10) as numeric(38, 9))) as float64) / 1e12 as variance
    from weighed
    group by
        cohort_id,
        approach_id,
        period_start,
        currency_code

),

cohort_spend as (

    select
        cohort_id,
        period_start,
        currency_code,
        sum(spend) as spend
    from approach_periods
    group by
        cohort_id,
        period_start,
        currency_code

),

of_approaches as (

    select
        approach_periods.cohort_id,
        approach_periods.approach_id,
        approach_periods.period_start,
        approach_periods.currency_code,
        summed.response_change,
        summed.mean_age,
        coalesce(summed.creatives, 0) as creatives,
        nullif(summed.creatives - 1, 0) as degrees,
        {{ safe_divide('approach_periods.spend', 'cohort_spend.spend') }} as spend_share,
        case
            when summed.creatives >= 2 and summed.variance > 0 then sqrt(summed.variance)
        end as standard_error
    from approach_periods
    inner join cohort_spend
        on
            approach_periods.cohort_id = cohort_spend.cohort_id
            and approach_periods.period_start = cohort_spend.period_start
            and approach_periods.currency_code = cohort_spend.currency_code
    left join summed
        on
            approach_periods.cohort_id = summed.cohort_id
            and approach_periods.approach_id = summed.approach_id
            and approach_periods.period_start = summed.period_start
            and approach_periods.currency_code = summed.currency_code
    where approach_periods.assignment_status = 'assigned'

),

with_t as (

    select
        *,
        abs(response_change) / standard_error as t_statistic,
        standard_error * {{ t_critical('degrees') }} as margin
    from of_approaches

),

with_logarithms as (

    select
        *,
        {{ t_logarithm('t_statistic', 'degrees') }} as t_logarithm
    from with_t

),

with_deviates as (

    select
        *,
        {{ t_deviate('t_logarithm', 'degrees') }} as t_deviate
    from with_logarithms

),

tested as (

    select
        *,
        {{ two_sided_t_p('t_statistic', 't_deviate', 'degrees') }} as p_value
    from with_deviates

),

ranked as (

    select
        *,
        row_number() over (
            partition by {{ family | join(', ') }}
            order by p_value, approach_id, currency_code
        ) as p_rank,
        count(p_value) over (partition by cohort_id, period_start) as tests
    from tested

),

adjusted as (

    select
        *,
        case
            when p_value is not null
                then {{ benjamini_hochberg('p_value', 'p_rank', 'tests', family) }}
        end as q_value
    from ranked

),

final as (

    select
        cohort_id,
        approach_id,
        period_start,
        currency_code,
        response_change,
        response_change - margin as response_change_low,
        response_change + margin as response_change_high,
        p_value,
        q_value,
        creatives,
        mean_age,
        spend_share,
        {{ is_fatigued() }} as is_fatigued
    from adjusted

)

select * from final
