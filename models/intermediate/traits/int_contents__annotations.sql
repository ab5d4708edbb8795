with

annotations as (

    select * from {{ source('jobs', 'creative_annotations') }}

),

annotators as (

    select * from {{ source('jobs', 'annotators') }}

),

final as (

    select
        annotations.content_hash,
        annotations.traits,
        annotations.approach_phrase,
        annotations.reason
    from annotations
    -- What another model or taxonomy said of a content stays in the table and counts no more.
    inner join annotators
        on
            annotations.annotator = annotators.annotator
            and annotations.model = annotators.model
            and annotations.backend = annotators.backend
            and annotations.taxonomy_version = annotators.taxonomy_version
    where annotations.annotator = {{ dbt.string_literal(dbt.escape_single_quotes(var('annotator'))) }}

)

select * from final
