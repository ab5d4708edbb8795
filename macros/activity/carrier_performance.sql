{# What the members of an approach that have a mark achieved in a period, beside its other members. #}
{% macro carrier_performance(tests, carried, marks, by, suffix) %}
{% set grain = ['cohort_id', 'period_start', 'approach_id'] %}
with

tests as (

    select * from {{ tests }}

),

members as (

    select * from {{ ref('int_approaches__creative_periods') }}

),

carried as (

    select * from {{ carried }}

),

approaches as (

    select
        cohort_id,
        period_start,
        approach_id,
        min(currency_code) as currency_code,
        count(distinct currency_code) as currencies,
        count(distinct creative_key) as creatives,
        sum(impressions) as impressions,
        sum(clicks) as clicks,
        sum(spend) as spend,
        sum(conversions) as conversions
    from members
    group by cohort_id, period_start, approach_id

),

carriers as (

    select
        members.cohort_id,
        members.period_start,
        members.approach_id,
        {% for mark in marks %}
        carried.{{ mark }},
        {% endfor %}
        count(distinct members.creative_key) as creatives,
        sum(members.impressions) as impressions,
        sum(members.clicks) as clicks,
        sum(members.spend) as spend,
        sum(members.conversions) as conversions
    from members
    inner join carried
        on members.{{ by }} = carried.{{ by }}
    group by members.cohort_id, members.period_start, members.approach_id{% for mark in marks %}, carried.{{ mark }}{% endfor %}

),

-- The rest is the approach less its carriers: pairing every mark with every member would grow too fast.
compared as (

    select
        {% for column in grain + marks %}
        tests.{{ column }},
        {% endfor %}
        case when approaches.currencies = 1 then approaches.currency_code end as currency_code,
        {% for measure in ['creatives', 'impressions', 'clicks', 'conversions'] %}
        coalesce(carriers.{{ measure }}, 0) as {{ measure }}_with,
        coalesce(approaches.{{ measure }}, 0) - coalesce(carriers.{{ measure }}, 0) as {{ measure }}_without,
        {% endfor %}
        -- Amounts in two currencies are never added up.
        case when approaches.currencies = 1 then coalesce(carriers.spend, 0) end as spend_with,
        case when approaches.currencies = 1 then approaches.spend - coalesce(carriers.spend, 0) end as spend_without
    from tests
    left join approaches
        on
            tests.cohort_id = approaches.cohort_id
            and tests.period_start = approaches.period_start
            and tests.approach_id = approaches.approach_id
    left join carriers
        on
            {% for column in grain + marks %}
            tests.{{ column }} = carriers.{{ column }}{{ ' and' if not loop.last }}
            {% endfor %}

),

final as (

    select
        {% for column in grain + marks %}
        {{ column }},
        {% endfor %}
        {% for side in ['with', 'without'] %}
        creatives_{{ side }} as creatives_{{ side }}_{{ suffix }},
        cast(impressions_{{ side }} as {{ dbt.type_bigint() }}) as impressions_{{ side }}_{{ suffix }},
        {{ safe_divide('clicks_' ~ side, 'impressions_' ~ side) }} as ctr_{{ side }}_{{ suffix }},
        {{ safe_divide('conversions_' ~ side, 'clicks_' ~ side) }} as conversion_rate_{{ side }}_{{ suffix }},
        {{ safe_divide('spend_' ~ side, 'conversions_' ~ side) }} as cost_per_conversion_{{ side }}_{{ suffix }},
        {% endfor %}
        currency_code
    from compared

)

select * from final
{% endmacro %}
