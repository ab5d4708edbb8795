with

approach_names as (

    select * from {{ ref('stg_jobs__approach_names') }}

),

ranked as (

    select
        *,
        row_number() over (partition by approach_id order by from_period_start desc, name asc) as recency
    from approach_names

),

final as (

    select
        approach_id,
        name as approach_name,
        description
    from ranked
    where recency = 1

)

select * from final
