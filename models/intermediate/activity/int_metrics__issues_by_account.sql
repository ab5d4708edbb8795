{%- set since = window_start(model) %}

with

metrics as (

    select
        *,
        {{ period_start('date_day', var('period_grain')) }} as period_start
    from {{ ref('stg_raw__creative_daily_metrics') }}
    {% if since is not none %}
    where date_day >= {{ since }}
    {% endif %}

),

by_day as (

    select
        date_day,
        period_start,
        platform,
        account_id,
        currency_code,
        count(*) as metric_rows,
        sum(spend) as spend,
        sum(case when clicks > 0 then 1 else 0 end) as rows_with_clicks,
        sum(case when conversions != 0 then 1 else 0 end) as rows_with_conversions,
        sum(case when conversions_value != 0 then 1 else 0 end) as rows_with_conversions_value,
        count(reach) as rows_with_reach,
        {{ rows_and_spend_where('spend < 0', 'negative_spend') }},
        {{ rows_and_spend_where('conversions < 0 or conversions_value < 0', 'negative_conversions') }},
        {{ rows_and_spend_where('clicks = 0 and conversions > 0', 'conversions_without_clicks') }}
    from metrics
    group by date_day, period_start, platform, account_id, currency_code

),

-- A day in several currencies counts in the first of them, so that days add up to those of the account.
numbered as (

    select
        *,
        row_number() over (
            partition by date_day, platform, account_id
            order by currency_code
        ) as currency_of_day
    from by_day

),

final as (

    select
        period_start,
        platform,
        account_id,
        currency_code,
        min(date_day) as first_day,
        max(date_day) as last_day,
        sum(case when currency_of_day = 1 then 1 else 0 end) as days_with_rows,
        sum(metric_rows) as metric_rows,
        sum(spend) as spend,
        sum(rows_with_clicks) as rows_with_clicks,
        sum(rows_with_conversions) as rows_with_conversions,
        sum(rows_with_conversions_value) as rows_with_conversions_value,
        sum(rows_with_reach) as rows_with_reach,
        sum(negative_spend_rows) as negative_spend_rows,
        sum(negative_spend_spend) as negative_spend_spend,
        sum(negative_conversions_rows) as negative_conversions_rows,
        sum(negative_conversions_spend) as negative_conversions_spend,
        sum(conversions_without_clicks_rows) as conversions_without_clicks_rows,
        sum(conversions_without_clicks_spend) as conversions_without_clicks_spend
    from numbered
    group by period_start, platform, account_id, currency_code

)

select * from final
