with

snapshots as (

    select * from {{ source('jobs', 'approach_snapshots') }}

),

active as (

    select
        approach_id,
        period_start,
        creatives,
        row_number() over (partition by approach_id order by period_start desc, cohort_id asc) as recency
    from snapshots
    where status != 'INACTIVE'

),

final as (

    select
        approach_id,
        min(period_start) as first_period_start,
        max(period_start) as last_active_period_start,
        count(distinct period_start) as active_periods,
        max(case when recency = 1 then creatives end) as creatives
    from active
    group by approach_id

)

select * from final
