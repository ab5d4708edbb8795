{# The metrics added up: `keys` by all that a row is known by, `by_creative` by campaign, creative and period, `accounts` altogether. #}
{% macro raw_metrics_ctes(types, since) -%}
    {%- set numbers = ['impressions', 'clicks', 'spend', 'conversions', 'conversions_value'] -%}
    keys as (

        select
            date_day,
            platform,
            account_id,
            campaign_id,
            creative_id,
            currency_code,
            {%- for number in numbers %}
            sum(coalesce({{ number }}, 0)) as {{ number }},
            {%- endfor %}
            sum(reach) as reach,
            count(*) as metric_rows
        from (
            {{ raw_metrics(types, since, without_a_day=true) }}
        ) as read_rows
        group by date_day, platform, account_id, campaign_id, creative_id, currency_code

    ),

    by_creative as (

        select
            platform,
            account_id,
            currency_code,
            {{ period_start('date_day', var('period_grain')) }} as period_start,
            coalesce({{ is_day_that_counts('date_day') }}, false) as counts,
            campaign_id,
            creative_id,
            sum(metric_rows) as metric_rows,
            {%- for number in numbers %}
            sum({{ number }}) as {{ number }},
            sum(abs({{ number }})) as absolute_{{ number }}{{ ',' if not loop.last }}
            {%- endfor %}
        from keys
        group by platform, account_id, currency_code, period_start, counts, campaign_id, creative_id

    ),

    totals as (

        select
            platform,
            account_id,
            currency_code,
            period_start,
            sum(metric_rows) as total,
            sum(spend) as total_spend,
            sum(sum(metric_rows)) over (partition by platform, account_id, currency_code) as account_total,
            sum(sum(spend)) over (partition by platform, account_id, currency_code) as account_spend
        from by_creative
        group by platform, account_id, currency_code, period_start

    ),

    accounts as (

        select
            platform,
            account_id,
            currency_code,
            {%- for number in numbers %}
            sum({{ number }}) as {{ number }},
            sum(absolute_{{ number }}) as absolute_{{ number }}{{ ',' if not loop.last }}
            {%- endfor %}
        from by_creative
        where counts
        group by platform, account_id, currency_code

    )
{%- endmacro %}

{# A condition that joins rows of one account and currency. #}
{% macro same_account(left_rows, right_rows) -%}
    {{ left_rows }}.platform = {{ right_rows }}.platform
    and coalesce({{ left_rows }}.account_id, '') = coalesce({{ right_rows }}.account_id, '')
    and {{ left_rows }}.currency_code = {{ right_rows }}.currency_code
{%- endmacro %}
