with

metric_values as (

    select * from {{ ref('int_approaches__metric_values') }}

),

changes as (

    select * from {{ ref('int_approaches__changes') }}

),

-- The steps between each two of this period and the three before it.
stepped as (

    select
        newest.cohort_id,
        newest.approach_id,
        newest.period_start,
        newest.currency_code,
        newest.metric,
        newest.metric_label,
        newest.is_percentage,
        newest.lower_is_better,
        newest.support,
        newest.is_mature,
        newest.is_approximate,
        newest.value,
        {% for lag in change_lags() %}
            from_{{ lag }}_to_0.value_back as value_{{ lag }}_back,
        {% endfor %}
        {% for older, newer in trend_pairs() %}
            from_{{ older }}_to_{{ newer }}.step as step_{{ older }}_{{ newer }},
        {% endfor %}
        {% for lag in change_lags() %}
            case
                when
                    from_{{ lag }}_to_0.has_support
                    and from_{{ lag }}_to_0.is_mature
                    {{ 'and from_3_to_0.step is not null' if lag == 3 }}
                    then from_{{ lag }}_to_0.value_back
            end as usable_value_{{ lag }}_back,
        {% endfor %}
        case when newest.has_support and newest.is_mature then newest.value end as usable_value
    from metric_values as newest
    {% for older, newer in trend_pairs() %}
        left join changes as from_{{ older }}_to_{{ newer }}
            on
                newest.approach_id = from_{{ older }}_to_{{ newer }}.approach_id
                and newest.currency_code = from_{{ older }}_to_{{ newer }}.currency_code
                and newest.metric = from_{{ older }}_to_{{ newer }}.metric
                and {{ add_periods('newest.period_start', -newer, var('period_grain')) }}
                = from_{{ older }}_to_{{ newer }}.period_start
                and from_{{ older }}_to_{{ newer }}.periods_back = {{ older - newer }}
    {% endfor %}

),

with_oldest as (

    select
        *,
        coalesce(usable_value_3_back, usable_value_2_back) as usable_value_oldest
    from stepped

),

final as (

    select
        *,
        {{ trend_label() }} as trend_label
    from with_oldest

)

select * from final
