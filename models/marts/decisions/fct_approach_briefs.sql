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

-- The latest period may still run, or its conversions be arriving: the last mature one speaks, if there is
-- one.
latest_trends as (

    select
        *,
        row_number() over (
            partition by approach_id, currency_code, metric
            order by is_mature desc, period_start desc
        ) as preference
    from trends

),

final as (

    select
        approaches.approach_id,
        approaches.cohort_id,
        approaches.approach_name,
        approaches.description,
        approaches.distinction,
        approaches.status,
        approaches.last_active_period_start as last_period_start,
        approaches.creatives,
        approaches.stability,
        approaches.is_stable,
        approaches.name_traits,
        approaches.caution,
        ranked_currencies.currency_code,
        ctr.period_start as ctr_period_start,
        ctr.value as ctr,
        ctr.trend_label as ctr_trend_label,
        ctr.direction as ctr_direction,
        ctr.trend_reason as ctr_trend_reason,
        cost_per_conversion.period_start as cost_per_conversion_period_start,
        cost_per_conversion.value as cost_per_conversion,
        cost_per_conversion.trend_label as cost_per_conversion_trend_label,
        cost_per_conversion.direction as cost_per_conversion_direction,
        cost_per_conversion.trend_reason as cost_per_conversion_trend_reason,
        fatigue.is_fatigued,
        fatigue.fatigue_reason,
        best_tags.discriminating_tags,
        best_tags.has_descriptive_tags,
        exemplars.exemplars
    from approaches
    left join ranked_currencies
        on approaches.approach_id = ranked_currencies.approach_id and ranked_currencies.preference = 1
    left join latest_trends as ctr
        on
            approaches.approach_id = ctr.approach_id
            and ranked_currencies.currency_code = ctr.currency_code
            and ctr.metric = 'ctr'
            and ctr.preference = 1
    left join latest_trends as cost_per_conversion
        on
            approaches.approach_id = cost_per_conversion.approach_id
            and ranked_currencies.currency_code = cost_per_conversion.currency_code
            and cost_per_conversion.metric = 'cost_per_conversion'
            and cost_per_conversion.preference = 1
    left join fatigue
        on
            approaches.approach_id = fatigue.approach_id
            and ctr.period_start = fatigue.period_start
            and ranked_currencies.currency_code = fatigue.currency_code
    left join best_tags
        on approaches.approach_id = best_tags.approach_id
    left join exemplars
        on approaches.approach_id = exemplars.approach_id

)

select * from final
