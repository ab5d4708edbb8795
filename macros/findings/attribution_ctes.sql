{# Spend whose creative is not in the creatives table, and why ids of the two tables may not meet. #}
{% macro attribution_ctes() -%}
    {%- set types = raw_types('creatives') -%}
    {%- set least_missing = [1 - var('min_attributed_spend_share'), var('warn_of_unattributed_spend_from')] | min -%}
    creative_ids as (

        select
            platform,
            account_id,
            creative_id,
            {{ loose_id('creative_id') }} as loose_id
        from (
            select
                {{ raw_platform(raw_expression('creatives', 'platform'), types.platform) }} as platform,
                {{ raw_account_id(raw_expression('creatives', 'account_id'), types.account_id) }} as account_id,
                {{ raw_id(raw_expression('creatives', 'creative_id'), types.creative_id) }} as creative_id
            from {{ raw_table('creatives') }}
        ) as read_rows
        where creative_id is not null
        group by platform, account_id, creative_id

    ),

    attributed as (

        select
            by_creative.*,
            creative_ids.creative_id is not null as is_found
        from by_creative
        left join creative_ids
            on
                by_creative.platform = creative_ids.platform
                and coalesce(by_creative.account_id, '') = coalesce(creative_ids.account_id, '')
                and by_creative.creative_id = creative_ids.creative_id
        where by_creative.counts

    ),

    attributed_accounts as (

        select
            platform,
            account_id,
            currency_code,
            case
                when sum(spend) > 0
                    then {{ safe_divide('sum(case when is_found then 0 else spend end)', 'sum(spend)') }}
                else {{ safe_divide('sum(case when is_found then 0 else impressions end)', 'sum(impressions)') }}
            end as missing_share
        from attributed
        group by platform, account_id, currency_code

    ),

    missing_ids as (

        select
            attributed.platform,
            attributed.account_id,
            attributed.currency_code,
            attributed.creative_id,
            {{ loose_id('attributed.creative_id') }} as loose_id,
            row_number() over (
                partition by attributed.platform, attributed.account_id, attributed.currency_code
                order by sum(attributed.spend) desc, attributed.creative_id
            ) as id_number
        from attributed
        inner join attributed_accounts
            on {{ same_account('attributed', 'attributed_accounts') }}
        where
            not attributed.is_found
            and attributed_accounts.missing_share >= {{ least_missing }}
        group by attributed.platform, attributed.account_id, attributed.currency_code, attributed.creative_id

    ),

    same_ids as (

        select
            creative_id,
            min(platform) as first_platform,
            max(platform) as last_platform,
            min(account_id) as first_account_id
        from creative_ids
        group by creative_id

    ),

    like_ids as (

        select
            loose_id,
            min(creative_id) as creative_id
        from creative_ids
        group by loose_id

    ),

    reasons as (

        select
            missing_ids.platform,
            missing_ids.account_id,
            missing_ids.currency_code,
            case
                when missing_ids.creative_id is null then 'there is no id'
                when missing_ids.platform not between same_ids.first_platform and same_ids.last_platform
                    then concat('the platform is ', same_ids.first_platform, ' there')
                when same_ids.creative_id is not null
                    then concat('the account is ', coalesce(same_ids.first_account_id, '(null)'), ' there')
                when like_ids.creative_id is null then 'they are not there'
                when lower(missing_ids.creative_id) = lower(like_ids.creative_id) then 'the case of letters'
                when ltrim(missing_ids.creative_id, '0') = ltrim(like_ids.creative_id, '0') then 'leading zeros'
                else 'letters or signs around the number'
            end as reason,
            min(case
                when {{ is_prefixed('same_ids.first_account_id', 'missing_ids.account_id') }}
                    then {{ prefix_of('same_ids.first_account_id', 'missing_ids.account_id') }}
                when {{ is_prefixed('missing_ids.account_id', 'same_ids.first_account_id') }}
                    then {{ prefix_of('missing_ids.account_id', 'same_ids.first_account_id') }}
            end) as account_prefix,
            count(*) as ids
        from missing_ids
        left join same_ids
            on missing_ids.creative_id = same_ids.creative_id
        left join like_ids
            on missing_ids.loose_id = like_ids.loose_id
        group by missing_ids.platform, missing_ids.account_id, missing_ids.currency_code, reason

    ),

    numbered_reasons as (

        select
            *,
            row_number() over (
                partition by platform, account_id, currency_code
                order by case when reason in ('they are not there', 'there is no id') then 0 else ids end desc, ids desc, reason
            ) as reason_number
        from reasons

    ),

    missing_examples as (

        select
            platform,
            account_id,
            currency_code,
            string_agg(case when id_number <= 3 then coalesce(creative_id, '(null)') end, ', ' order by id_number) as ids
        from missing_ids
        group by platform, account_id, currency_code

    ),

    numbered_creatives as (

        select
            platform,
            account_id,
            creative_id,
            row_number() over (partition by platform, account_id order by creative_id) as id_number,
            row_number() over (partition by 1 order by creative_id) as number_of_all
        from creative_ids

    ),

    creative_examples as (

        select
            platform,
            account_id,
            string_agg(creative_id, ', ' order by creative_id) as ids
        from numbered_creatives
        where id_number <= 3
        group by platform, account_id

    ),

    examples_of_all as (

        select string_agg(creative_id, ', ' order by creative_id) as ids
        from numbered_creatives
        where number_of_all <= 3

    ),

    likely_reasons as (

        select
            missing_examples.platform,
            missing_examples.account_id,
            missing_examples.currency_code,
            case
                when numbered_reasons.reason = 'the case of letters' then 'ids_ignore_case: true'
                -- Null where no prefix tells the accounts apart.
                when starts_with(numbered_reasons.reason, 'the account is ')
                    then 'account_id_prefixes: [' || numbered_reasons.account_prefix || ']'
            end as setting,
            concat(
                'in the metrics: ', missing_examples.ids,
                '; in the creatives: ', coalesce(creative_examples.ids, examples_of_all.ids, 'none'),
                '; likely reason: ', numbered_reasons.reason
            ) as examples
        from missing_examples
        inner join numbered_reasons
            on
                {{ same_account('missing_examples', 'numbered_reasons') }}
                and numbered_reasons.reason_number = 1
        left join creative_examples
            on
                missing_examples.platform = creative_examples.platform
                and coalesce(missing_examples.account_id, '') = coalesce(creative_examples.account_id, '')
        cross join examples_of_all

    ),

    unattributed_spend as (

        select
            'unattributed_spend' as kind,
            case
                when max(attributed_accounts.missing_share) > {{ 1 - var('min_attributed_spend_share') }} then 'stop'
                when max(attributed_accounts.missing_share) >= {{ var('warn_of_unattributed_spend_from') }} then 'warn'
                else 'note'
            end as found_level,
            attributed.platform,
            attributed.account_id,
            attributed.currency_code,
            attributed.period_start,
            '{{ raw_column_name('creative_daily_metrics', 'creative_id') }}' as column_name,
            sum(attributed.metric_rows) as affected,
            sum(attributed.spend) as affected_spend,
            max(likely_reasons.examples) as examples,
            max(likely_reasons.setting) as setting
        from attributed
        inner join attributed_accounts
            on {{ same_account('attributed', 'attributed_accounts') }}
        left join likely_reasons
            on {{ same_account('attributed', 'likely_reasons') }}
        where not attributed.is_found
        group by attributed.platform, attributed.account_id, attributed.currency_code, attributed.period_start

    )
{%- endmacro %}

{# An id by its digits, without zeros before them; by its letters in lower case where it has no digit. #}
{% macro loose_id(id) -%}
    coalesce(
        nullif(ltrim({{ regexp_replace_all(id, '[^0-9]', '') }}, '0'), ''),
        lower({{ id }})
    )
{%- endmacro %}

{# Whether an id of an account is another one with letters before it, as `act_123` and `123`. #}
{% macro is_prefixed(id, other) -%}
    ends_with({{ id }}, {{ other }}) and {{ regexp_contains(prefix_of(id, other), '^[A-Za-z_:-]+$') }}
{%- endmacro %}

{% macro prefix_of(id, other) -%}
    substr({{ id }}, 1, greatest(length({{ id }}) - length({{ other }}), 0))
{%- endmacro %}
