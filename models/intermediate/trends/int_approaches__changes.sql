{%- set sums = [
    'lasting_numerator',
    'lasting_denominator',
    'lasting_numerator_back',
    'lasting_denominator_back',
    'comparable_numerator',
    'comparable_denominator',
    'comparable_numerator_back',
    'comparable_denominator_back',
    'swapped',
    'swapped_back',
    'variance',
    'creatives',
    'untestable',
] %}

with

metric_values as (

    select * from {{ ref('int_approaches__metric_values') }}

),

change_sums as (

    select * from {{ ref('int_approaches__change_sums') }}

),

-- By calendar period, not by row: what follows a gap has nothing to be compared with.
compared as (

    select
        {% for name in sums %}
            case newer.metric
                {% for metric in ratio_parts() %}
                    when '{{ metric }}' then change_sums.{{ metric }}_{{ name }}
                {% endfor %}
            end as {{ name }},
        {% endfor %}
        newer.cohort_id,
        newer.approach_id,
        newer.period_start,
        newer.currency_code,
        newer.metric,
        newer.lower_is_better,
        change_sums.periods_back,
        newer.value,
        older.value as value_back,
        newer.has_support and older.has_support as has_support,
        newer.is_mature and older.is_mature as is_mature,
        newer.is_approximate or older.is_approximate as is_approximate
    from metric_values as newer
    inner join change_sums
        on
            newer.approach_id = change_sums.approach_id
            and newer.currency_code = change_sums.currency_code
            and newer.period_start = change_sums.period_start
    inner join metric_values as older
        on
            newer.approach_id = older.approach_id
            and newer.currency_code = older.currency_code
            and newer.metric = older.metric
            and {{ add_periods('newer.period_start', '-change_sums.periods_back', var('period_grain')) }}
            = older.period_start

),

-- Without a lasting creative, who came and who left share the change.
with_rates as (

    select
        *,
        value - value_back as delta,
        coalesce(
            {{ safe_divide('lasting_numerator', 'lasting_denominator') }},
            (value + value_back) / 2
        ) as lasting_rate,
        coalesce(
            {{ safe_divide('lasting_numerator_back', 'lasting_denominator_back') }},
            (value + value_back) / 2
        ) as lasting_rate_back,
        -- The shares of the denominators move, at the mean of the rates of both periods.
        coalesce((
            {{ safe_divide('comparable_numerator + swapped_back', 'comparable_denominator') }}
            - {{ safe_divide('comparable_numerator_back + swapped', 'comparable_denominator_back') }}
        ) / 2, 0) as reallocation_change,
        nullif(creatives - 1, 0) as degrees,
        case
            when has_support and is_mature and untestable = 0 and creatives >= 2 and variance > 0
                then sqrt(variance)
        end as standard_error
    from compared

),

decomposed as (

    select
        *,
        lasting_rate - lasting_rate_back - reallocation_change as own_change,
        value - lasting_rate as entered_change,
        lasting_rate_back - value_back as left_change,
        abs(delta) / standard_error as t_statistic,
        standard_error * {{ t_critical('degrees') }} as margin
    from with_rates

),

{{ tested_ctes(
    'decomposed', ['cohort_id', 'period_start', 'metric'], ['approach_id', 'currency_code', 'periods_back']
) }}

final as (

    select
        cohort_id,
        approach_id,
        period_start,
        currency_code,
        metric,
        periods_back,
        lower_is_better,
        value,
        value_back,
        delta,
        {{ safe_divide('delta', 'abs(value_back)') }} as relative_delta,
        delta - margin as delta_low,
        delta + margin as delta_high,
        p_value,
        q_value,
        q_value <= {{ var('trend_max_q') }} as is_significant,
        {{ trend_step() }} as step,
        own_change,
        reallocation_change,
        entered_change,
        left_change,
        creatives,
        has_support,
        is_mature,
        is_approximate
    from adjusted

)

select * from final
