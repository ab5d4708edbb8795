with

activity as (

    select * from {{ ref('int_activity__by_period') }}

),

texts as (

    select * from {{ ref('int_creatives__embedding_text') }}

),

contents as (

    select * from {{ ref('int_creatives__contents') }}

),

-- Refunds can outweigh what was spent: of such a currency nobody has a share.
currencies_with_spend as (

    select
        cohort_id,
        period_start,
        currency_code,
        sum(spend) as currency_spend,
        count(*) over (partition by cohort_id, period_start) as currencies
    from activity
    group by
        cohort_id,
        period_start,
        currency_code
    having sum(spend) > 0

),

-- A content that was paid for in two currencies is one member. Its shares are added up as exact numbers,
-- because a sum of floats depends on their order.
members as (

    select
        activity.cohort_id,
        activity.period_start,
        activity.version_key,
        activity.creative_key,
        max(currencies_with_spend.currencies) as currencies,
        sum(cast(
            {{ safe_divide('activity.spend', 'currencies_with_spend.currency_spend') }}
            as {{ type_money() }}
        )) as currency_shares
    from activity
    left join currencies_with_spend
        on
            activity.cohort_id = currencies_with_spend.cohort_id
            and activity.period_start = currencies_with_spend.period_start
            and activity.currency_code = currencies_with_spend.currency_code
    group by
        activity.cohort_id,
        activity.period_start,
        activity.version_key,
        activity.creative_key

),

with_shares as (

    select
        cohort_id,
        period_start,
        version_key,
        creative_key,
        {{ safe_divide(
            'coalesce(currency_shares, 0)',
            'max(currencies) over (partition by cohort_id, period_start)',
        ) }} as spend_share
    from members

),

final as (

    select
        with_shares.cohort_id,
        with_shares.period_start,
        with_shares.version_key,
        with_shares.creative_key,
        texts.text_hash,
        {{ 'texts.text_hash' if var('embed_source') == 'text' else 'contents.wording_hash' }}
        is not null as has_text,
        contents.product,
        with_shares.spend_share,
        coalesce(texts.tags_embedded, false) as tags_embedded,
        texts.version_key is not null as has_creative_record
    from with_shares
    left join texts
        on with_shares.version_key = texts.version_key
    left join contents
        on with_shares.version_key = contents.version_key

)

select * from final
