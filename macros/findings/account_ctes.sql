{# What is odd of an account as a whole: costs that no market asks for, money in millionths, no currency, no ids. #}
{% macro account_ctes() -%}
    {%- set in_micros = [] -%}
    {%- for column in ['spend', 'conversions_value'] -%}
        {%- set source = raw_mapping('creative_daily_metrics')[column] -%}
        {%- if source is string and 'micro' in source | lower -%}
            {%- do in_micros.append(source) -%}
        {%- endif -%}
    {%- endfor -%}
    costly_accounts as (

        select
            platform,
            account_id,
            currency_code,
            {{ safe_divide('1000 * spend', 'impressions') }} as cost_per_mille,
            {{ safe_divide('spend', 'clicks') }} as cost_per_click,
            {{ units_per_dollar('currency_code') }} as units
        from accounts

    ),

    rows_of_accounts as (

        select
            by_creative.*,
            {{ is_implausible_cost() }} as is_implausible,
            concat(
                'cost per mille: ', coalesce(cast(round(cost_per_mille, 2) as {{ dbt.type_string() }}), 'none'),
                ', cost per click: ', coalesce(cast(round(cost_per_click, 2) as {{ dbt.type_string() }}), 'none')
            ) as costs
        from by_creative
        inner join costly_accounts
            on {{ same_account('by_creative', 'costly_accounts') }}
        where by_creative.counts

    ),

    findings_of_accounts as (

        {%- set kinds = [
            ('implausible_costs', raw_column_name('creative_daily_metrics', 'spend'), 'is_implausible', 'max(costs)'),
            ('metrics_without_id', raw_column_name('creative_daily_metrics', 'creative_id'), 'creative_id is null', null_text()),
            ('unknown_currency', 'currency_code', 'not ' ~ regexp_contains('currency_code', '^[A-Z]{3}$') ~ " or currency_code = 'XXX'",
                'max(currency_code)'),
        ] -%}
        {%- for column in in_micros -%}
            {%- do kinds.append(('spend_in_micros', column, 'true', 'max(costs)')) -%}
        {%- endfor -%}
        {%- for kind, column, condition, examples in kinds %}
        {{ 'union all' if not loop.first }}
        select
            '{{ kind }}' as kind,
            '{{ finding_kinds()[kind].level }}' as found_level,
            platform,
            account_id,
            currency_code,
            period_start,
            '{{ column }}' as column_name,
            sum(metric_rows) as affected,
            sum(spend) as affected_spend,
            {{ examples }} as examples,
            {{ null_text() }} as setting
        from rows_of_accounts
        where {{ condition }}
        group by platform, account_id, currency_code, period_start
        {%- endfor %}

    )
{%- endmacro %}

{# Condition: more than 10,000 dollars for a thousand impressions, or 1,000 for a click. Money in millionths is above that
   everywhere, and no account is. #}
{% macro is_implausible_cost() -%}
    coalesce(cost_per_mille > 10000 * units, false) or coalesce(cost_per_click > 1000 * units, false)
{%- endmacro %}

{# How many units of a currency a dollar is worth, to the next power of ten; 1 where it is less than about ten. #}
{% macro units_per_dollar(currency_code) -%}
    {%- set units = {
        1000000: ['IRR'],
        100000: ['IDR', 'LAK', 'LBP', 'SLL', 'SYP', 'UZS', 'VND'],
        10000: [
            'ARS', 'BIF', 'COP', 'GNF', 'IQD', 'KHR', 'KRW', 'MGA', 'MMK', 'MNT', 'MWK', 'NGN', 'PYG', 'RWF', 'TZS', 'UGX'
        ],
        1000: [
            'AMD', 'AOA', 'BDT', 'CLP', 'CRC', 'DZD', 'ETB', 'HUF', 'ISK', 'JMD', 'JPY', 'KES', 'KZT', 'LKR', 'NPR', 'PKR', 'RSD',
            'SDG', 'XAF', 'XOF'
        ],
        100: [
            'AFN', 'ALL', 'CZK', 'DOP', 'EGP', 'INR', 'MDL', 'MXN', 'NOK', 'PHP', 'RUB', 'SEK', 'THB', 'TRY', 'TWD', 'UAH', 'UYU',
            'ZAR'
        ],
    } -%}
    case
        {%- for number, currencies in units.items() %}
        when {{ currency_code }} in ('{{ currencies | join("', '") }}') then {{ number }}
        {%- endfor %}
        else 1
    end
{%- endmacro %}

{% macro null_text() -%}
    cast(null as {{ dbt.type_string() }})
{%- endmacro %}
