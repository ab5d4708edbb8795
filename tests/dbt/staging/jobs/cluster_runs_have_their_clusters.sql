-- What a run counts is there: its creatives, clusters, themes, outliers, and what it attached or left out.
with

assignments as (

    select * from {{ source('jobs', 'cluster_assignments') }}

),

clusters as (

    select * from {{ source('jobs', 'clusters') }}

),

cluster_runs as (

    select * from {{ source('jobs', 'cluster_runs') }}

),

differences as (

    select
        cohort_id,
        period_start,
        count(distinct creative_key) as creatives,
        0 as clusters,
        0 as themes,
        count(distinct case when is_outlier then creative_key end) as outliers,
        count(distinct case when is_attached then creative_key end) as attached,
        count(distinct case when reason is not null then creative_key end) as unusable
    from assignments
    group by
        cohort_id,
        period_start

    union all

    select
        cohort_id,
        period_start,
        0 as creatives,
        count(*) as clusters,
        count(distinct theme) as themes,
        0 as outliers,
        0 as attached,
        0 as unusable
    from clusters
    group by
        cohort_id,
        period_start

    union all

    select
        cohort_id,
        period_start,
        -creatives as creatives,
        -clusters as clusters,
        -themes as themes,
        -outliers as outliers,
        -attached as attached,
        -unusable as unusable
    from cluster_runs

),

final as (

    select
        cohort_id,
        period_start,
        sum(creatives) as missing_creatives,
        sum(clusters) as missing_clusters,
        sum(themes) as missing_themes,
        sum(outliers) as missing_outliers,
        sum(attached) as missing_attached,
        sum(unusable) as missing_unusable
    from differences
    group by
        cohort_id,
        period_start
    having
        sum(creatives) != 0
        or sum(clusters) != 0
        or sum(themes) != 0
        or sum(outliers) != 0
        or sum(attached) != 0
        or sum(unusable) != 0

)

select * from final
