-- Shares, p and q values lie between 0 and 1, q is never below p, distances stay within the threshold. Only
-- the stability of a run can be negative: clusterings of resamples may agree less than by chance. A creative
-- that shows two contents counts once, and may be both an outlier and a member.
with

final as (

    select
        'fct_approach_tags' as mart,
        approach_id || ' ' || tag as row_key
    from {{ ref('fct_approach_tags') }}
    where
        not (
            p_value between 0 and 1
            and q_value between p_value and 1
            and p_value_greater between 0 and 1
            and odds_ratio > 0
            and odds_ratio between odds_ratio_low and odds_ratio_high
        )

    union all

    select
        'fct_approach_traits' as mart,
        approach_id || ' ' || attribute || ' ' || value as row_key
    from {{ ref('fct_approach_traits') }}
    where
        not (
            p_value between 0 and 1
            and q_value between p_value and 1
            and p_value_greater between 0 and 1
            and odds_ratio > 0
            and odds_ratio between odds_ratio_low and odds_ratio_high
        )

    union all

    select
        'fct_trait_periods' as mart,
        trait_period_id as row_key
    from {{ ref('fct_trait_periods') }}
    where
        not (
            creative_share between 0 and 1
            and coalesce(ctr between ctr_low and ctr_high, true)
            and coalesce(conversion_rate between conversion_rate_low and conversion_rate_high, true)
            and coalesce(
                cost_per_conversion between cost_per_conversion_low and cost_per_conversion_high, true
            )
            and coalesce(return_on_spend between return_on_spend_low and return_on_spend_high, true)
        )

    union all

    select
        'fct_image_theme_formats' as mart,
        image_theme_format_id as row_key
    from {{ ref('fct_image_theme_formats') }}
    where
        not (
            coalesce(ctr between ctr_low and ctr_high, true)
            and coalesce(conversion_rate between conversion_rate_low and conversion_rate_high, true)
            and coalesce(
                cost_per_conversion between cost_per_conversion_low and cost_per_conversion_high, true
            )
            and coalesce(return_on_spend between return_on_spend_low and return_on_spend_high, true)
        )

    union all

    select
        'fct_trait_pairs' as mart,
        trait_pair_id as row_key
    from {{ ref('fct_trait_pairs') }}
    where
        (creatives > 0) != (contents > 0)
        or (creatives > 0 and not is_tried)
        or is_tried = (support = 'never_tried')

    union all

    select
        'fct_approach_changes' as mart,
        approach_id || ' ' || cast(period_start as {{ dbt.type_string() }}) || ' ' || metric as row_key
    from {{ ref('fct_approach_changes') }}
    where
        not (
            coalesce(p_value, 0) between 0 and 1
            and coalesce(q_value, p_value, 0) between coalesce(p_value, 0) and 1
            and coalesce(delta between delta_low and delta_high, true)
        )

    union all

    select
        'fct_approach_fatigue' as mart,
        approach_id || ' ' || cast(period_start as {{ dbt.type_string() }}) as row_key
    from {{ ref('fct_approach_fatigue') }}
    where
        not (
            coalesce(p_value, 0) between 0 and 1
            and coalesce(q_value, p_value, 0) between coalesce(p_value, 0) and 1
            and coalesce(response_change between response_change_low and response_change_high, true)
            and mean_age >= 0
        )

    union all

    select
        'fct_approach_events' as mart,
        event_id as row_key
    from {{ ref('fct_approach_events') }}
    where not (from_share between 0 and 1 and to_share between 0 and 1)

    union all

    select
        'fct_cluster_runs' as mart,
        cohort_id || ' ' || cast(period_start as {{ dbt.type_string() }}) as row_key
    from {{ ref('fct_cluster_runs') }}
    where
        not (
            coverage between 0 and 1
            and coalesce(spend_coverage, 0) between 0 and 1
            and coalesce(stability, 0) between -1 and 1
            and themes between 0 and clusters
            and outliers between 0 and creatives
            and attached between 0 and creatives
            and points >= 0
            and unusable between 0 and creatives
        )

    union all

    select
        'clusters' as mart,
        cohort_id || ' ' || cast(period_start as {{ dbt.type_string() }})
        || ' ' || cast(cluster as {{ dbt.type_string() }}) as row_key
    from {{ source('jobs', 'clusters') }}
    where
        not (
            coalesce(stability, 0) between 0 and 1
            and creatives >= 1
            and attached between 0 and creatives
            and distinct_contents >= 1
        )

    union all

    select
        'dim_image_themes' as mart,
        image_theme_id as row_key
    from {{ ref('dim_image_themes') }}
    where not (min_confidence between 0 and 1 and files >= 1)

)

select * from final
