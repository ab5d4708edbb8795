-- depends_on: {{ ref('stg_raw__creative_daily_metrics') }}
{%- set since = window_start(model) %}

with

findings as (

    {{ raw_findings(since) }}

),

final as (

    select
        kind,
        level,
        -- What has no day, or is found in the creatives, is found today.
        coalesce(
            period_start,
            {{ period_start("date '" ~ run_started_at.strftime('%Y-%m-%d') ~ "'", var('period_grain')) }}
        ) as period_start,
        platform,
        account_id,
        currency_code,
        column_name,
        affected,
        total,
        affected_spend,
        total_spend,
        examples,
        setting
    from findings

)

select * from final
