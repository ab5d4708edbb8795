with

cluster_runs as (

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
        points,
        is_approximate,
        clusters,
        themes,
        outliers,
        attached,
        unusable,
        coverage,
        spend_coverage,
        score,
        stability,
        candidates,
        embed_source,
        embedding_model,
        embedding_backend,
        embedding_dimensions,
        tags_embedded,
        input_hash
    from cluster_runs

)

select * from final
