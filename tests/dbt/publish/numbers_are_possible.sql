-- Shares, p and q values lie between 0 and 1, q is never below p, distances stay within the threshold.
with

final as (

    select
        'fct_approach_tags' as mart,
        approach_id || ' ' || tag as row_key
    from {{ ref('fct_approach_tags') }}
    where not (p_value between 0 and 1 and q_value between p_value and 1 and odds_ratio > 0)

    union all

    select
        'fct_approach_events' as mart,
        event_id as row_key
    from {{ ref('fct_approach_events') }}
    where not (from_share between 0 and 1 and to_share between 0 and 1)

    union all

    select
        'fct_cluster_runs' as mart,
        cohort_id || ' ' || cast(period_start as string) as row_key
    from {{ ref('fct_cluster_runs') }}
    where not (coverage between 0 and 1 and outliers between 0 and creatives)

    union all

    select
        'dim_image_themes' as mart,
        image_theme_id as row_key
    from {{ ref('dim_image_themes') }}
    where max_distance > {{ var('image_theme_max_distance') }}

)

select * from final
