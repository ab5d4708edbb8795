-- Nothing gets lost before the jobs: by currency, spend of the source (repeated rows counted once)
-- = spend in staging = spend in the activity of all periods. Where the source holds several versions
-- of a row, staging takes one of them, so there its spend must lie between the least and the most.
-- Where staging was built incrementally, this looks at the days that were replaced: whole periods.
{%- set since = replaced_from('stg_raw__creative_daily_metrics') %}

with

source as (

    {{ raw_rows('creative_daily_metrics', since) }}

),

source_rows as (

    select distinct
        cast(date_day as date) as date_day,
        lower({{ clean_id('platform') }}) as platform,
        {{ clean_id('account_id') }} as account_id,
        {{ clean_id('campaign_id') }} as campaign_id,
        {{ clean_id('creative_id') }} as creative_id,
        coalesce(upper({{ clean_id('currency_code') }}), 'XXX') as currency_code,
        coalesce(cast(spend as {{ type_money() }}), 0) as spend
    from source

),

source_days as (

    select
        currency_code,
        min(spend) as least_spend,
        max(spend) as most_spend
    from source_rows
    group by date_day, platform, account_id, campaign_id, creative_id, currency_code

),

spend_in_all_places as (

    select
        currency_code,
        least_spend,
        most_spend,
        0 as staged_spend,
        0 as activity_spend
    from source_days

    union all

    select
        currency_code,
        0 as least_spend,
        0 as most_spend,
        spend as staged_spend,
        0 as activity_spend
    from {{ ref('stg_raw__creative_daily_metrics') }}
    {% if since is not none %}
    where date_day >= {{ since }}
    {% endif %}

    union all

    select
        currency_code,
        0 as least_spend,
        0 as most_spend,
        0 as staged_spend,
        spend as activity_spend
    from {{ ref('int_activity__by_period') }}
    {% if since is not none %}
    where period_start >= {{ since }}
    {% endif %}

),

final as (

    select
        currency_code,
        sum(least_spend) as least_source_spend,
        sum(most_spend) as most_source_spend,
        sum(staged_spend) as staged_spend,
        sum(activity_spend) as activity_spend
    from spend_in_all_places
    group by currency_code

)

select * from final
where
    staged_spend < least_source_spend
    or staged_spend > most_source_spend
    or staged_spend != activity_spend
