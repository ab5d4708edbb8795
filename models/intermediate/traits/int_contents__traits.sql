with

activity as (

    select * from {{ ref('int_contents__activity') }}

),

annotations as (

    select * from {{ ref('int_contents__annotations') }}

),

-- One row, also where nobody ever read.
reader as (

    select max(attributes) as attributes
    from {{ source('jobs', 'annotators') }}
    where annotator = {{ dbt.string_literal(dbt.escape_single_quotes(var('annotator'))) }}

),

contents as (

    select distinct content_key
    from activity

),

with_attributes as (

    select
        contents.content_key,
        reader.attributes
    from contents
    cross join reader

),

asked as (

    {{ split_to_rows('with_attributes', 'content_key', 'attributes', ', ', 'attribute') }}

),

said as (

    {{ split_to_rows('annotations', 'content_hash', 'traits', ', ', 'trait') }}

),

answers as (

    select
        content_hash,
        {{ dbt.split_part('trait', "':'", 1) }} as attribute, -- noqa: RF04
        {{ dbt.split_part('trait', "':'", 2) }} as answer
    from said

),

final as (

    select
        asked.content_key,
        asked.attribute,
        case
            when annotations.traits is null then 'unread'
            else coalesce(answers.answer, 'unclear')
        end as value -- noqa: RF04
    from asked
    left join annotations
        on asked.content_key = annotations.content_hash
    left join answers
        on
            asked.content_key = answers.content_hash
            and asked.attribute = answers.attribute

)

select * from final
