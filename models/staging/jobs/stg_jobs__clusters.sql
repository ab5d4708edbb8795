with

source as (

    select * from {{ source('jobs', 'clusters') }}

),

final as (

    select
        cohort_id,
        period_start,
        cluster,
        theme,
        creatives,
        attached,
        distinct_contents,
        stability,
        centroid
    from source

)

select * from final
