with

source as (

    select * from {{ source('jobs', 'approach_snapshots') }}

),

final as (

    select
        cohort_id,
        period_start,
        approach_id,
        cluster,
        status,
        creatives,
        continues_period_start,
        evidence,
        overlap,
        present_overlap,
        centroid_distance,
        cluster_input_hash
    from source

)

select * from final
