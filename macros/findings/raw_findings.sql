{# A select over the raw tables alone: what is odd in them. One row per kind, column_name, platform, account_id,
   currency_code and period_start, with the rows and the spend of the period and of all that was read of the account. With `since`, an SQL expression of a date, of the metrics from that day on. #}
{% macro raw_findings(since=none) -%}
    {#- While dbt parses, it only learns what is read. -#}
    {%- set read = [raw_table('creatives'), raw_table('creative_daily_metrics')] %}
    {%- if execute %}
    {%- set types = raw_types('creative_daily_metrics') %}
    {%- set sql %}
    with

    {{ raw_metrics_ctes(types, since) }},

    {{ faulty_value_ctes(types, since) }},

    {{ repeated_row_ctes(types, since) }},

    {{ attribution_ctes() }},

    {{ account_ctes() }},

    {{ impossible_count_ctes() }},

    {{ rounded_id_ctes() }},

    {{ other_key_ctes(raw_metrics_other_columns(types)) }},

    {{ time_of_day_ctes(types, since) }},

    {{ creatives_ctes() }},

    all_findings as (
        {%- for findings in ['faulty_values', 'row_findings', 'unattributed_spend', 'findings_of_accounts', 'findings_of_counts', 'rounded_ids', 'repeated_under_other_keys', 'days_off_midnight', 'contradicting_creatives', 'findings_of_creatives', 'findings_of_texts'] %}
        {{ 'union all' if not loop.first }}
        select
            kind,
            found_level,
            platform,
            account_id,
            currency_code,
            period_start,
            column_name,
            affected,
            affected_spend,
            examples,
            setting
        from {{ findings }}
        {%- endfor %}

    ),

    -- An account may hold ids that lost digits in two ways.
    findings_of_kinds as (

        select
            kind,
            found_level,
            platform,
            account_id,
            currency_code,
            period_start,
            column_name,
            sum(affected) as affected,
            sum(affected_spend) as affected_spend,
            min(examples) as examples,
            min(setting) as setting
        from all_findings
        group by kind, found_level, platform, account_id, currency_code, period_start, column_name

    )

    select
        findings_of_kinds.kind,
        {{ accepted_level('findings_of_kinds') }} as level,
        findings_of_kinds.platform,
        findings_of_kinds.account_id,
        findings_of_kinds.currency_code,
        findings_of_kinds.period_start,
        findings_of_kinds.column_name,
        cast(findings_of_kinds.affected as {{ dbt.type_bigint() }}) as affected,
        cast(totals.total as {{ dbt.type_bigint() }}) as total,
        cast(findings_of_kinds.affected_spend as {{ type_money() }}) as affected_spend,
        cast(totals.total_spend as {{ type_money() }}) as total_spend,
        cast(totals.account_total as {{ dbt.type_bigint() }}) as account_total,
        cast(totals.account_spend as {{ type_money() }}) as account_spend,
        {{ regexp_replace_all('findings_of_kinds.examples', '[\\p{Cc}]+', ' ') }} as examples,
        case
            -- Two midnights that fall on one date, when the clocks of their zone change.
            when
                findings_of_kinds.kind = 'contradicting_rows'
                and findings_of_kinds.column_name = '{{ raw_column_name('creative_daily_metrics', 'date_day') }}'
                and accounts_off_midnight.platform is not null
                then '{{ setting_of_days(types) }}'
            else coalesce(findings_of_kinds.setting, {{ setting_of_kind('findings_of_kinds.kind') }})
        end as setting
    from findings_of_kinds
    left join accounts_off_midnight
        on
            findings_of_kinds.platform = accounts_off_midnight.platform
            and coalesce(findings_of_kinds.account_id, '') = coalesce(accounts_off_midnight.account_id, '')
    left join totals
        on
            {{ same_account('findings_of_kinds', 'totals') }}
            and coalesce(findings_of_kinds.period_start, date '0001-01-01') = coalesce(totals.period_start, date '0001-01-01')
    {%- endset %}
    {# A quarter of it is indentation, and BigQuery takes a statement of a megabyte. #}
    {{ sql.splitlines() | map('trim') | join('\n') }}
    {%- endif %}
{%- endmacro %}

{# The level of a finding after var accepted_findings: what stops a run and is accepted warns. #}
{% macro accepted_level(findings) -%}
    {%- set accepted = [] -%}
    {%- for kind, accounts in var('accepted_findings').items() -%}
        {%- set condition = findings ~ ".kind = '" ~ kind ~ "'" -%}
        {%- if accounts != 'all' -%}
            {%- set condition = condition ~ " and coalesce(" ~ findings ~ ".account_id, '') in ('" ~ accounts | join("', '") ~ "')" -%}
        {%- endif -%}
        {%- do accepted.append('(' ~ condition ~ ')') -%}
    {%- endfor -%}
    {%- if accepted -%}
    case
        when {{ findings }}.found_level = 'stop' and ({{ accepted | join(' or ') }}) then 'warn'
        else {{ findings }}.found_level
    end
    {%- else -%}
    {{ findings }}.found_level
    {%- endif -%}
{%- endmacro %}
