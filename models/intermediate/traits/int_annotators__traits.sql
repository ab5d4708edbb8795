{%- set key = 'annotator, reading_number, content_hash' %}

with

annotations as (

    select * from {{ source('jobs', 'creative_annotations') }}

),

repeats as (

    select * from {{ source('jobs', 'annotation_repeats') }}

),

annotators as (

    select * from {{ source('jobs', 'annotators') }}

),

readings as (

    select
        annotator,
        model,
        backend,
        taxonomy_version,
        content_hash,
        traits,
        1 as reading_number
    from annotations
    where traits is not null
    union all
    select
        annotator,
        model,
        backend,
        taxonomy_version,
        content_hash,
        traits,
        2 as reading_number
    from repeats

),

readings_of_today as (

    select
        readings.annotator,
        readings.reading_number,
        readings.content_hash,
        readings.traits,
        annotators.attributes
    from readings
    inner join annotators
        on
            readings.annotator = annotators.annotator
            and readings.model = annotators.model
            and readings.backend = annotators.backend
            and readings.taxonomy_version = annotators.taxonomy_version

),

readings_that_say_something as (

    select * from readings_of_today
    where traits <> ''

),

asked as (

    {{ split_to_rows('readings_of_today', key, 'attributes', ', ', 'attribute') }}

),

said as (

    {{ split_to_rows('readings_that_say_something', key, 'traits', ', ', 'trait') }}

),

answers as (

    select
        annotator,
        reading_number,
        content_hash,
        {{ dbt.split_part('trait', "':'", 1) }} as attribute, -- noqa: RF04
        {{ dbt.split_part('trait', "':'", 2) }} as answer
    from said

),

final as (

    select
        asked.annotator,
        asked.reading_number,
        asked.content_hash,
        asked.attribute,
        coalesce(answers.answer, 'unclear') as value -- noqa: RF04
    from asked
    left join answers
        on
            asked.annotator = answers.annotator
            and asked.reading_number = answers.reading_number
            and asked.content_hash = answers.content_hash
            and asked.attribute = answers.attribute

)

select * from final
