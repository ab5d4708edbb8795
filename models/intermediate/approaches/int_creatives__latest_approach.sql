with

assigned as (

    select * from {{ ref('int_creatives__assigned_to_approaches') }}

),

contents as (

    select * from {{ ref('int_creatives__contents') }}

),

ranked as (

    select
        assigned.creative_key,
        assigned.approach_id,
        row_number() over (
            partition by assigned.creative_key
            order by
                assigned.period_start desc,
                contents.latest_valid_from desc,
                assigned.cohort_id asc,
                assigned.approach_id asc
        ) as recency
    from assigned
    left join contents
        on assigned.version_key = contents.version_key
    where assigned.assignment_status = 'assigned'

),

final as (

    select
        creative_key,
        approach_id
    from ranked
    where recency = 1

)

select * from final
