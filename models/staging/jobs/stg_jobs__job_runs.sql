with

source as (

    select * from {{ source('jobs', 'job_runs') }}

),

final as (

    select
        run_id,
        job,
        started_at,
        ended_at,
        outcome,
        rows_read,
        rows_written,
        requests,
        retries,
        tokens,
        tokens_are_estimated,
        estimated_cost_usd,
        detail
    from source

)

select * from final
