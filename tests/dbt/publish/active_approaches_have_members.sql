-- A snapshot that is not INACTIVE has lines in fct_approach_periods; an INACTIVE one has no members and none.
with

snapshots as (

    select * from {{ ref('stg_jobs__approach_snapshots') }}

),

approach_periods as (

    select * from {{ ref('fct_approach_periods') }}

),

with_lines as (

    select
        snapshots.approach_id,
        snapshots.period_start,
        snapshots.status,
        count(approach_periods.approach_period_id) as lines
    from snapshots
    left join approach_periods
        on
            snapshots.approach_id = approach_periods.approach_id
            and snapshots.period_start = approach_periods.period_start
    group by
        snapshots.approach_id,
        snapshots.period_start,
        snapshots.status

),

final as (

    select *
    from with_lines
    where (status = 'INACTIVE') = (lines > 0)

)

select * from final
