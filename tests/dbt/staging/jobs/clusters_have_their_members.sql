-- Each cluster of an assignment is declared, with as many creatives as were assigned to it.
with

assignments as (

    select * from {{ source('jobs', 'cluster_assignments') }}

),

clusters as (

    select * from {{ source('jobs', 'clusters') }}

),

differences as (

    select
        cohort_id,
        period_start,
        cluster,
        count(distinct creative_key) as creatives,
        count(distinct case when is_attached then creative_key end) as attached
    from assignments
    where cluster is not null
    group by
        cohort_id,
        period_start,
        cluster

    union all

    select
        cohort_id,
        period_start,
        cluster,
        -creatives as creatives,
        -attached as attached
    from clusters

),

final as (

    select
        cohort_id,
        period_start,
        cluster,
        sum(creatives) as missing_creatives,
        sum(attached) as missing_attached
    from differences
    group by
        cohort_id,
        period_start,
        cluster
    having
        sum(creatives) != 0
        or sum(attached) != 0

)

select * from final
