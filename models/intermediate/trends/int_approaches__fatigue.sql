with

activity as (

    select * from {{ ref('int_activity__by_period') }}

),

content_hashes as (

    select * from {{ ref('int_creatives__content_hashes') }}

),

creative_periods as (

    select * from {{ ref('int_approaches__creative_periods') }}

),

approach_periods as (

    select * from {{ ref('int_approaches__periods') }}

),

-- Copies of one creative wear alike: they are one. A response has no currency.
contents as (

    select
        activity.cohort_id,
        activity.period_start,
        coalesce(content_hashes.content_hash, activity.version_key) as content_key,
        sum(activity.impressions) as impressions,
        sum(activity.clicks) as clicks
    from activity
    left join content_hashes
        on activity.version_key = content_hashes.version_key
    group by
        activity.cohort_id,
        coalesce(content_hashes.content_hash, activity.version_key),
        activity.period_start

),

numbered as (

    select
        *,
        {{ period_number('period_start', var('period_grain')) }} as period_number
    from contents

),

aged as (

    select
        *,
        period_number - min(period_number) over (partition by cohort_id, content_key) as age
    from numbered

),

-- A creative's own history up to a period, in an approach or in none. Whole numbers: the sums are exact.
histories as (

    select
        cohort_id,
        content_key,
        period_start,
        age,
        cast(sum(clicks) over history as {{ type_float64() }}) as clicks,
        cast(sum(impressions) over history as {{ type_float64() }}) as impressions,
        cast(sum(clicks * age) over history as {{ type_float64() }}) as clicked_by_age,
        cast(sum(impressions * age) over history as {{ type_float64() }}) as shown_by_age,
        cast(sum(impressions * age * age) over history as {{ type_float64() }}) as shown_by_age_squared,
        count(*) over history as periods
    from aged
    window history as (
        partition by cohort_id, content_key
        order by period_number
        range between {{ var('fatigue_periods') - 1 }} preceding and current row
    )

),

members as (

    select
        cohort_id,
        approach_id,
        period_start,
        currency_code,
        content_key,
        cast(sum(spend) as {{ type_float64() }}) as spend
    from creative_periods
    group by
        cohort_id,
        approach_id,
        period_start,
        currency_code,
        content_key

),

-- The line through a creative's CTR by age, its impressions as weights: its slope as a part of its mean.
declines as (

    select
        members.cohort_id,
        members.approach_id,
        members.period_start,
        members.currency_code,
        members.spend,
        histories.age,
        {{ safe_divide(
            'histories.impressions'
            ~ ' * (histories.impressions * histories.clicked_by_age - histories.clicks * histories.shown_by_age)',
            'histories.clicks'
            ~ ' * (histories.impressions * histories.shown_by_age_squared - power(histories.shown_by_age, 2))',
        ) }} as response_change
    from members
    inner join histories
        on
            members.cohort_id = histories.cohort_id
            and members.content_key = histories.content_key
            and members.period_start = histories.period_start
    where histories.periods >= 3 and members.spend > 0

),

-- What is added up are exact numbers, because a sum of floats depends on their order.
weighed as (

    select
        *,
        cast(sum(cast(spend as {{ type_money() }})) over approach as {{ type_float64() }}) as total_spend,
        cast(
            sum(cast(spend * response_change as {{ type_money() }})) over approach as {{ type_float64() }}
        ) as total_change,
        cast(sum(cast(spend * age as {{ type_money() }})) over approach as {{ type_float64() }}) as total_age
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
        ), 1e10) as {{ type_money() }})) as {{ type_float64() }}) / 1e12 as variance
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
        approach_periods.is_complete,
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

{{ tested_ctes('with_t', ['cohort_id', 'period_start'], ['approach_id', 'currency_code']) }}

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
        {{ is_fatigued() }} as is_fatigued,
        is_complete
    from adjusted

)

select * from final
