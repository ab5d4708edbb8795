-- A snapshot that is not INACTIVE has lines in fct_approach_periods. A warning only: where rows have left the
-- source since the jobs ran, nothing is wrong with the marts, but they speak of approaches without figures.
{{ config(severity='warn') }}

with

snapshots as (

    select * from {{ source('jobs', 'approach_snapshots') }}

),

approach_periods as (

    select * from {{ ref('fct_approach_periods') }}

),

final as (

    select
        snapshots.approach_id,
        snapshots.period_start
    from snapshots
    left join approach_periods
        on
            snapshots.approach_id = approach_periods.approach_id
            and snapshots.period_start = approach_periods.period_start
    where
        snapshots.status != 'INACTIVE'
        and approach_periods.approach_id is null

)

select * from final
