with

source as (

    select * from {{ source('jobs', 'cluster_assignments') }}

),

final as (

    select
        cohort_id,
        period_start,
        creative_key,
        cluster,
        is_outlier,
        is_attached,
        distance_to_centroid,
        reason
    from source

)

select * from final
