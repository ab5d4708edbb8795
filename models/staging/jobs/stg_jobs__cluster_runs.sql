with

source as (

    select * from {{ source('jobs', 'cluster_runs') }}

),

final as (

    select
        cohort_id,
        period_start,
        algorithm,
        selection,
        reason,
        creatives,
        distinct_contents,
        clusters,
        outliers,
        coverage,
        score,
        candidates,
        embedding_model,
        tags_embedded,
        input_hash
    from source

)

select * from final
