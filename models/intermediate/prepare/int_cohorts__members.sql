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

    select
        cohort_id,
        period_start,
        creative_key,
        cast(sum(impressions) as int64) as impressions
    from activity
    group by cohort_id, period_start, creative_key

),

final as (

    select
        members.cohort_id,
        members.period_start,
        members.creative_key,
        creatives.content_hash,
        texts.text_hash,
        members.impressions
    from members
    left join creatives
        on members.creative_key = creatives.creative_key
    left join texts
        on members.creative_key = texts.creative_key

)

select * from final
