{# Rows of one ad and day that are equal in every number and stand under two campaigns or currencies: one row that was
   loaded twice, by programs that write the campaign or the currency in another way, counts twice. Small numbers are equal
   by chance, so that it must be a twentieth of what the account has. #}
{% macro other_key_ctes() -%}
    {%- set numbers = ['impressions', 'clicks', 'spend', 'conversions', 'conversions_value'] -%}
    equal_days as (

        select
            date_day,
            platform,
            account_id,
            creative_id,
            {{ numbers | join(',\n            ') }},
            count(*) as equal_keys,
            max(currency_code) as currency_code,
            case when min(currency_code) != max(currency_code) then 1 else 0 end as has_two_currencies
        from keys
        where
            impressions != 0
            and creative_id is not null
            and {{ is_day_that_counts('date_day') }}
        group by date_day, platform, account_id, creative_id, {{ numbers | join(', ') }}
        having count(*) > 1

    ),

    repeated_under_other_keys as (

        select
            'rows_repeated_under_other_keys' as kind,
            {{ level_of_kind("'rows_repeated_under_other_keys'") }} as found_level,
            equal_days.platform,
            equal_days.account_id,
            equal_days.currency_code,
            {{ period_start('equal_days.date_day', var('period_grain')) }} as period_start,
            case
                when max(equal_days.has_two_currencies) = 1
                    then '{{ raw_column_name('creative_daily_metrics', 'currency_code') }}'
                else '{{ raw_column_name('creative_daily_metrics', 'campaign_id') }}'
            end as column_name,
            sum(equal_days.equal_keys - 1) as affected,
            sum((equal_days.equal_keys - 1) * equal_days.spend) as affected_spend,
            min(concat({{ day_as_text('equal_days.date_day') }}, ' ', equal_days.creative_id)) as examples,
            {{ null_text() }} as setting
        from equal_days
        inner join (
            select
                equal_days.platform,
                equal_days.account_id
            from equal_days
            inner join (
                select
                    platform,
                    account_id,
                    sum(absolute_impressions) as impressions
                from accounts
                group by platform, account_id
            ) as all_of_accounts
                on
                    equal_days.platform = all_of_accounts.platform
                    and coalesce(equal_days.account_id, '') = coalesce(all_of_accounts.account_id, '')
            group by equal_days.platform, equal_days.account_id
            having sum(abs(equal_days.impressions) * (equal_days.equal_keys - 1)) >= 0.05 * max(all_of_accounts.impressions)
        ) as accounts_with_many
            on
                equal_days.platform = accounts_with_many.platform
                and coalesce(equal_days.account_id, '') = coalesce(accounts_with_many.account_id, '')
        group by
            equal_days.platform,
            equal_days.account_id,
            equal_days.currency_code,
            {{ period_start('equal_days.date_day', var('period_grain')) }}

    )
{%- endmacro %}
