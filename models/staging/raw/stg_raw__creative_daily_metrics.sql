{%- set since = window_start(model) %}

with

source as (

    {{ raw_metrics(raw_types('creative_daily_metrics'), since, source_version()) }}

),

keyed as (

    select
        {{ surrogate_key(['platform', 'account_id', 'creative_id']) }} as creative_key,
        {{ adds_up() }} as adds_up,
        *
    from source
    where {{ is_day_that_counts('date_day') }}

),

ranked as (

    select
        *,
        case
            when adds_up then 1
            else row_number() over (
                partition by adds_up, date_day, creative_key, campaign_id, currency_code
                order by {{ newest_first() }}
            )
        end as version_rank
    from keyed

),

final as (

    select
        date_day,
        creative_key,
        creative_id,
        platform,
        account_id,
        campaign_id,
        currency_code,
        cast(sum(coalesce(impressions, 0)) as {{ dbt.type_bigint() }}) as impressions,
        cast(sum(coalesce(clicks, 0)) as {{ dbt.type_bigint() }}) as clicks,
        sum(coalesce(spend, 0)) as spend,
        sum(coalesce(conversions, 0)) as conversions,
        sum(coalesce(conversions_value, 0)) as conversions_value,
        cast(sum(reach) as {{ dbt.type_bigint() }}) as reach
    from ranked
    where version_rank = 1
    group by
        date_day,
        creative_key,
        creative_id,
        platform,
        account_id,
        campaign_id,
        currency_code

)

select * from final
