{# Rows of one ad and day that are equal in every number and stand under two campaigns or currencies: one row that was
   loaded twice, by programs that write the campaign or the currency in another way, counts twice. The same where rows add
   up and columns that are not read tell them apart, such as the connection or the file that they came by. Small numbers are
   equal by chance, so that it is a warning from a twentieth of what the account has. #}
{% macro other_key_ctes(others) -%}
    {%- set numbers = ['impressions', 'clicks', 'spend', 'conversions', 'conversions_value'] -%}
    {%- if others %}
    {{ told_apart_alone_ctes(others) }}
    {%- endif %}
    equal_days as (

        select
            date_day,
            platform,
            account_id,
            creative_id,
            {{ numbers | join(',\n            ') }},
            count(*) as equal_keys,
            max(currency_code) as currency_code,
            case
                when min(currency_code) != max(currency_code)
                    then '{{ raw_column_name('creative_daily_metrics', 'currency_code') }}'
                else '{{ raw_column_name('creative_daily_metrics', 'campaign_id') }}'
            end as column_name
        from keys
        where
            {{ has_results() }}
            and creative_id is not null
            and {{ is_day_that_counts('date_day') }}
        group by date_day, platform, account_id, creative_id, {{ numbers | join(', ') }}
        having count(*) > 1

    ),

    repetitions as (

        select
            date_day,
            platform,
            account_id,
            creative_id,
            currency_code,
            column_name,
            equal_keys - 1 as affected,
            (equal_keys - 1) * impressions as impressions,
            (equal_keys - 1) * spend as spend
        from equal_days
        {%- if others %}
        union all
        select
            date_day,
            platform,
            account_id,
            creative_id,
            currency_code,
            column_name,
            affected,
            impressions,
            spend
        from doubled_days
        {%- endif %}

    ),

    repetitions_by_period as (

        select
            platform,
            account_id,
            currency_code,
            {{ period_start('date_day', var('period_grain')) }} as period_start,
            column_name,
            sum(affected) as affected,
            sum(spend) as affected_spend,
            min(concat({{ day_as_text('date_day') }}, ' ', coalesce(creative_id, '(null)'))) as examples,
            sum(sum(abs(impressions))) over (partition by platform, account_id, column_name) as repeated_impressions,
            sum(sum(abs(spend))) over (partition by platform, account_id, column_name) as repeated_spend
        from repetitions
        group by platform, account_id, currency_code, period_start, column_name

    ),

    repeated_under_other_keys as (

        select
            'rows_repeated_under_other_keys' as kind,
            case
                when
                    repetitions_by_period.repeated_impressions >= 0.05 * nullif(all_of_accounts.impressions, 0)
                    or repetitions_by_period.repeated_spend >= 0.05 * nullif(all_of_accounts.spend, 0)
                    then {{ level_of_kind("'rows_repeated_under_other_keys'") }}
                else 'note'
            end as found_level,
            repetitions_by_period.platform,
            repetitions_by_period.account_id,
            repetitions_by_period.currency_code,
            repetitions_by_period.period_start,
            repetitions_by_period.column_name,
            repetitions_by_period.affected,
            repetitions_by_period.affected_spend,
            repetitions_by_period.examples,
            {{ null_text() }} as setting
        from repetitions_by_period
        inner join (
            select
                platform,
                account_id,
                sum(absolute_impressions) as impressions,
                sum(absolute_spend) as spend
            from accounts
            group by platform, account_id
        ) as all_of_accounts
            on
                repetitions_by_period.platform = all_of_accounts.platform
                and coalesce(repetitions_by_period.account_id, '') = coalesce(all_of_accounts.account_id, '')

    )
{%- endmacro %}

{# Days of ads that are added up from rows of which each comes equally often, and every time with another value of a column
   that is not read. Parts of a day are equal by chance now and then: it must be so on most days on which the column tells
   rows apart, by their size. #}
{% macro told_apart_alone_ctes(others) -%}
    {%- set key = ['date_day', 'platform', 'account_id', 'campaign_id', 'creative_id', 'currency_code'] -%}
    {%- set names = {} -%}
    {%- for name in others -%}
        {%- do names.update({'other_' ~ loop.index: name}) -%}
    {%- endfor -%}
    equal_parts as (

        select
            {{ key | join(',\n            ') }},
            coalesce(impressions, 0) as impressions,
            coalesce(spend, 0) as spend,
            {%- for column in names %}
            min({{ column }}) as least_{{ column }},
            max({{ column }}) as greatest_{{ column }},
            {%- endfor %}
            count(*) as copies
        from copies
        where
            {{ adds_up() }}
            and {{ has_results() }}
        group by
            {{ key | join(',\n            ') }}
            {%- for number in raw_numbers() %},
            coalesce({{ number }}, 0)
            {%- endfor %}

    ),

    days_in_parts as (

        select
            {{ key | join(',\n            ') }},
            {%- for column in names %}
            min(least_{{ column }}) != max(greatest_{{ column }}) as is_in_{{ column }},
            min(copies) > 1 and min(copies) = max(copies)
            and min(case when least_{{ column }} != greatest_{{ column }} then 1 else 0 end) = 1 as is_doubled_by_{{ column }},
            {%- endfor %}
            sum(copies - 1) as affected,
            sum((copies - 1) * impressions) as impressions,
            sum((copies - 1) * spend) as spend,
            sum(copies * greatest(abs(impressions), abs(spend))) as size
        from equal_parts
        group by {{ key | join(', ') }}

    ),

    doubling_columns as (

        select
            platform,
            account_id,
            {%- for column in names %}
            sum(case when is_doubled_by_{{ column }} then size else 0 end)
            > 0.5 * sum(case when is_in_{{ column }} then size else 0 end) as doubles_{{ column }}{{ ',' if not loop.last }}
            {%- endfor %}
        from days_in_parts
        group by platform, account_id

    ),

    doubled_days as (

        select
            days_in_parts.*,
            substr(concat(
                ''
                {%- for column, name in names.items() %},
                case when doubling_columns.doubles_{{ column }} then ', {{ name }}' else '' end
                {%- endfor %}
            ), 3) as column_name
        from days_in_parts
        inner join doubling_columns
            on
                days_in_parts.platform = doubling_columns.platform
                and coalesce(days_in_parts.account_id, '') = coalesce(doubling_columns.account_id, '')
        where
            {%- for column in names %}
            {{ 'or ' if not loop.first }}(doubling_columns.doubles_{{ column }} and days_in_parts.is_doubled_by_{{ column }})
            {%- endfor %}

    ),

{%- endmacro %}

{# Condition: the row has numbers that are not equal to those of others by being zero. #}
{% macro has_results() -%}
    (impressions != 0 or clicks != 0 or spend != 0)
{%- endmacro %}
