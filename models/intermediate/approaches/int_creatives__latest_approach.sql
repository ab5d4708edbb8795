with

assigned as (

    select * from {{ ref('int_creatives__assigned_to_approaches') }}

),

ranked as (

    select
        creative_key,
        approach_id,
        row_number() over (
            partition by creative_key
            order by period_start desc, cohort_id asc, approach_id asc
        ) as recency
    from assigned
    where assignment_status = 'assigned'

),

final as (

    select
        creative_key,
        approach_id
    from ranked
    where recency = 1

)

select * from final
