{%- set measures = [
    'impressions',
    'clicks',
    'spend',
    'conversions',
    'conversions_value',
    'reach',
    'impressions_with_reach',
] %}

with

creative_periods as (

    select * from {{ ref('int_approaches__creative_periods') }}

),

-- Copies of one creative wear and respond alike: they are one.
contents as (

    select
        {% for measure in measures %}
            sum({{ measure }}) as {{ measure }},
        {% endfor %}
        approach_id,
        period_start,
        currency_code,
        content_key
    from creative_periods
    group by
        approach_id,
        period_start,
        currency_code,
        content_key

),

approach_periods as (

    select * from {{ ref('int_approaches__periods') }}
    where assignment_status = 'assigned'

),

{% for lag in change_lags() %}
    back_{{ lag }} as (

        select
            *,
            {{ add_periods('period_start', lag, var('period_grain')) }} as compared_in
        from contents

    ),

    paired_{{ lag }} as (

        select
            {% for measure in measures %}
                coalesce(newer.{{ measure }}, 0) as {{ measure }},
                coalesce(older.{{ measure }}, 0) as {{ measure }}_back,
            {% endfor %}
            coalesce(newer.approach_id, older.approach_id) as approach_id,
            coalesce(newer.currency_code, older.currency_code) as currency_code,
            coalesce(newer.period_start, older.compared_in) as period_start,
            newer.content_key is not null and older.content_key is not null as is_lasting,
            cast({{ lag }} as {{ dbt.type_bigint() }}) as periods_back
        from contents as newer
        full outer join back_{{ lag }} as older
            on
                newer.approach_id = older.approach_id
                and newer.currency_code = older.currency_code
                and newer.content_key = older.content_key
                and newer.period_start = older.compared_in

    ),

{% endfor %}
-- Each creative of an approach in either of two periods, with zeros where it was not there.
paired as (

    {% for lag in change_lags() %}
        select * from paired_{{ lag }}
        {{ 'union all' if not loop.last }}
    {% endfor %}

),

-- Inner joins: where the approach was in one of the two periods only, there is no change to explain.
with_totals as (

    select
        {% for measure in measures %}
            newer.{{ measure }} as total_{{ measure }},
            older.{{ measure }} as total_{{ measure }}_back,
        {% endfor %}
        newer.cohort_id,
        paired.*
    from paired
    inner join approach_periods as newer
        on
            paired.approach_id = newer.approach_id
            and paired.currency_code = newer.currency_code
            and paired.period_start = newer.period_start
    inner join approach_periods as older
        on
            paired.approach_id = older.approach_id
            and paired.currency_code = older.currency_code
            and {{ add_periods('paired.period_start', '-paired.periods_back', var('period_grain')) }}
            = older.period_start

),

final as (

    select
        {% for metric, (numerator, denominator) in ratio_parts().items() %}
            {{ change_sums(metric, numerator, denominator) }},
        {% endfor %}
        cohort_id,
        approach_id,
        period_start,
        currency_code,
        periods_back
    from with_totals
    group by
        cohort_id,
        approach_id,
        period_start,
        currency_code,
        periods_back

)

select * from final
