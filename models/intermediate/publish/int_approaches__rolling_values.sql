with

metric_values as (

    select * from {{ ref('int_approaches__metric_values') }}

),

-- By calendar period, not by row: what follows a gap has nothing to be compared with.
final as (

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
        newest.value,
        back_1.value as value_1_back,
        back_2.value as value_2_back,
        back_3.value as value_3_back,
        {{ usable_value('newest') }} as usable_value,
        {{ usable_value('back_1') }} as usable_value_1_back,
        {{ usable_value('back_2') }} as usable_value_2_back,
        {{ usable_value('back_3') }} as usable_value_3_back
    from metric_values as newest
    {% for n in [1, 2, 3] %}
        left join metric_values as back_{{ n }}
            on
                newest.approach_id = back_{{ n }}.approach_id
                and newest.currency_code = back_{{ n }}.currency_code
                and newest.metric = back_{{ n }}.metric
                and back_{{ n }}.period_start
                = {{ add_periods('newest.period_start', -n, var('period_grain')) }}
    {% endfor %}

)

select * from final
