with

annotations as (

    select * from {{ source('jobs', 'creative_annotations') }}

),

annotators as (

    select * from {{ source('jobs', 'annotators') }}

),

overrides as (

    select * from {{ ref('stg_seeds__trait_overrides') }}

),

annotations_of_today as (

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

),

overridden as (

    select distinct content_hash
    from overrides

),

overridden_annotations as (

    select annotations_of_today.*
    from annotations_of_today
    inner join overridden
        on annotations_of_today.content_hash = overridden.content_hash
    where annotations_of_today.traits <> ''

),

said as (

    {{ split_to_rows('overridden_annotations', 'content_hash', 'traits', ', ', 'trait') }}

),

answers as (

    select
        content_hash,
        {{ dbt.split_part('trait', "':'", 1) }} as attribute, -- noqa: RF04
        {{ dbt.split_part('trait', "':'", 2) }} as value -- noqa: RF04
    from said

),

-- What people say of an attribute counts, and what the annotator says of the others.
answers_with_overrides as (

    select
        content_hash,
        attribute,
        value
    from overrides
    where value <> 'unclear'
    union all
    select
        answers.content_hash,
        answers.attribute,
        answers.value
    from answers
    left join overrides
        on
            answers.content_hash = overrides.content_hash
            and answers.attribute = overrides.attribute
    where overrides.attribute is null

),

corrected as (

    select
        content_hash,
        {{ dbt.listagg(dbt.concat(['attribute', "':'", 'value']), "', '", 'order by attribute') }} as traits
    from answers_with_overrides
    group by content_hash

),

final as (

    select
        annotations_of_today.approach_phrase,
        coalesce(annotations_of_today.content_hash, overridden.content_hash) as content_hash,
        case
            when overridden.content_hash is null then annotations_of_today.traits
            else coalesce(corrected.traits, '')
        end as traits,
        case when overridden.content_hash is null then annotations_of_today.reason end as reason
    from annotations_of_today
    full outer join overridden
        on annotations_of_today.content_hash = overridden.content_hash
    left join corrected
        on overridden.content_hash = corrected.content_hash

)

select * from final
