{# What is odd of an account as a whole: costs that no market asks for, money in millionths, no currency, no ids. #}
{% macro account_ctes() -%}
    {%- set in_micros = [] -%}
    {%- for column in ['spend', 'conversions_value'] -%}
        {%- set source = raw_mapping('creative_daily_metrics')[column] -%}
        {%- if source is string and 'micro' in source | lower -%}
            {%- do in_micros.append(source) -%}
        {%- endif -%}
    {%- endfor -%}
    -- The geometric mean: rows in millionths hardly move it, unless they are so many that the account's costs tell.
    usual_rows as (

        select
            platform,
            account_id,
            currency_code,
            exp(avg(ln(cast(spend as {{ type_float64() }})))) as usual_spend
        from keys
        where
            spend > 0
            and {{ is_day_that_counts('date_day') }}
        group by platform, account_id, currency_code

    ),

    costly_accounts as (

        select
            accounts.platform,
            accounts.account_id,
            accounts.currency_code,
            usual_rows.usual_spend,
            {{ safe_divide('1000 * accounts.spend', 'accounts.impressions') }} as cost_per_mille,
            {{ safe_divide('accounts.spend', 'accounts.clicks') }} as cost_per_click,
            {{ units_per_dollar('accounts.currency_code') }} as units,
            -- Spend of one currency, of which a part is in another line.
            accounts.absolute_spend > 0
            and max(case when {{ is_currency_code('accounts.currency_code') }} then 1 else 0 end)
                over (partition by accounts.platform, accounts.account_id) = 1 as has_a_currency_elsewhere
        from accounts
        left join usual_rows
            on {{ same_account('accounts', 'usual_rows') }}

    ),

    costly_rows as (

        select
            keys.platform,
            keys.account_id,
            keys.currency_code,
            {{ period_start('keys.date_day', var('period_grain')) }} as period_start,
            keys.metric_rows,
            keys.spend,
            concat({{ day_as_text('keys.date_day') }}, ' ', coalesce(keys.creative_id, '(null)')) as example
        from keys
        inner join costly_accounts
            on {{ same_account('keys', 'costly_accounts') }}
        where
            keys.spend > 1000 * costly_accounts.usual_spend
            and {{ safe_divide('1000 * keys.spend', 'keys.impressions') }} > {{ highest_cost_per_mille() }} * costly_accounts.units
            and {{ is_day_that_counts('keys.date_day') }}
            and not ({{ is_implausible_cost() }})

    ),

    rows_of_accounts as (

        select
            by_creative.*,
            {{ is_implausible_cost() }} as is_implausible,
            costly_accounts.has_a_currency_elsewhere,
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
            ('unknown_currency', 'currency_code', 'not (' ~ is_currency_code('currency_code') ~ ')', 'max(currency_code)'),
        ] -%}
        {%- for column in in_micros -%}
            {%- do kinds.append(('spend_in_micros', column, 'true', 'max(costs)')) -%}
        {%- endfor -%}
        {%- for kind, column, condition, examples in kinds %}
        {{ 'union all' if not loop.first }}
        select
            '{{ kind }}' as kind,
            {%- if kind == 'unknown_currency' %}
            case
                when max(case when has_a_currency_elsewhere then 1 else 0 end) = 1 then 'warn'
                else '{{ finding_kinds()[kind].level }}'
            end
            {%- else %}
            '{{ finding_kinds()[kind].level }}'
            {%- endif %} as found_level,
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
        union all
        select
            'implausible_costs' as kind,
            '{{ finding_kinds().implausible_costs.level }}' as found_level,
            platform,
            account_id,
            currency_code,
            period_start,
            '{{ raw_column_name('creative_daily_metrics', 'spend') }}' as column_name,
            sum(metric_rows) as affected,
            sum(spend) as affected_spend,
            max(example) as examples,
            {{ null_text() }} as setting
        from costly_rows
        group by platform, account_id, currency_code, period_start

    )
{%- endmacro %}

{# Condition: a code of a currency, and not that of none. #}
{% macro is_currency_code(currency_code) -%}
    {{ regexp_contains(currency_code, '^[A-Z]{3}$') }} and {{ currency_code }} != 'XXX'
{%- endmacro %}

{# Condition: more than 10,000 dollars for a thousand impressions, or 1,000 for a click; or less than a hundredth of a cent for
   either. Money in millionths is above that everywhere, and money that was taken for millionths below; no account is. #}
{% macro is_implausible_cost() -%}
    coalesce(cost_per_mille > {{ highest_cost_per_mille() }} * units, false)
    or coalesce(cost_per_click > 1000 * units, false)
    or coalesce(
        cost_per_mille > 0
        and cost_per_mille < 0.0001 * units
        and coalesce(cost_per_click, 0) < 0.0001 * units,
        false
    )
{%- endmacro %}

{# In dollars. #}
{% macro highest_cost_per_mille() %}
    {{ return('10000') }}
{% endmacro %}

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
