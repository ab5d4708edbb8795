with

activity as (

    select * from {{ ref('int_activity__by_period') }}

),

creatives as (

    select * from {{ ref('int_creatives__deduplicated') }}

),

texts as (

    select * from {{ ref('int_creatives__embedding_text') }}

),

-- A creative that was paid for in two currencies is one member.
members as (

    select distinct
        cohort_id,
        period_start,
        creative_key
    from activity

),

final as (

    select
        members.cohort_id,
        members.period_start,
        members.creative_key,
        creatives.content_hash,
        texts.text_hash,
        coalesce(texts.tags_embedded, false) as tags_embedded
    from members
    left join creatives
        on members.creative_key = creatives.creative_key
    left join texts
        on members.creative_key = texts.creative_key

)

select * from final
