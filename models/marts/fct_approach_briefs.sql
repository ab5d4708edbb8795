with

approaches as (

    select * from {{ ref('dim_approaches') }}

),

approach_periods as (

    select * from {{ ref('fct_approach_periods') }}

),

trends as (

    select * from {{ ref('fct_approach_trends') }}

),

fatigue as (

    select * from {{ ref('fct_approach_fatigue') }}

),

best_tags as (

    select * from {{ ref('int_approaches__best_tags') }}

),

exemplars as (

    select * from {{ ref('int_approaches__exemplars') }}

),

-- One currency speaks for the approach, the one with most impressions: amounts of two cannot be compared.
ranked_currencies as (

    select
        approach_periods.approach_id,
        approach_periods.currency_code,
        row_number() over (
            partition by approach_periods.approach_id
            order by approach_periods.impressions desc, approach_periods.currency_code asc
        ) as preference
    from approach_periods
    inner join approaches
        on
            approach_periods.approach_id = approaches.approach_id
            and approach_periods.period_start = approaches.last_active_period_start

),

-- Conversions of the latest period are still arriving: the last complete one speaks.
mature_costs as (

    select
        approach_id,
        currency_code,
        period_start,
        value,
        trend_label,
        row_number() over (partition by approach_id, currency_code order by period_start desc) as recency
    from trends
    where metric = 'cost_per_conversion' and is_mature

),

final as (

    select
        approaches.approach_id,
        approaches.cohort_id,
        approaches.approach_name,
        approaches.description,
        approaches.status,
        approaches.last_active_period_start as last_period_start,
        approaches.creatives,
        approaches.is_stable,
        ranked_currencies.currency_code,
        ctr.value as ctr,
        ctr.trend_label as ctr_trend_label,
        ctr.trend_reason as ctr_trend_reason,
        mature_costs.value as cost_per_conversion,
        mature_costs.trend_label as cost_per_conversion_trend_label,
        mature_costs.period_start as cost_per_conversion_period_start,
        fatigue.is_fatigued,
        fatigue.fatigue_reason,
        best_tags.discriminating_tags,
        best_tags.has_descriptive_tags,
        exemplars.exemplars
    from approaches
    left join ranked_currencies
        on approaches.approach_id = ranked_currencies.approach_id and ranked_currencies.preference = 1
    left join trends as ctr
        on
            approaches.approach_id = ctr.approach_id
            and approaches.last_active_period_start = ctr.period_start
            and ranked_currencies.currency_code = ctr.currency_code
            and ctr.metric = 'ctr'
    left join mature_costs
        on
            approaches.approach_id = mature_costs.approach_id
            and ranked_currencies.currency_code = mature_costs.currency_code
            and mature_costs.recency = 1
    left join fatigue
        on
            approaches.approach_id = fatigue.approach_id
            and approaches.last_active_period_start = fatigue.period_start
            and ranked_currencies.currency_code = fatigue.currency_code
    left join best_tags
        on approaches.approach_id = best_tags.approach_id
    left join exemplars
        on approaches.approach_id = exemplars.approach_id

)

select * from final
