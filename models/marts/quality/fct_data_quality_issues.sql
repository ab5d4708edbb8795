with

accounts as (

    select * from {{ ref('int_metrics__issues_by_account') }}

),

activity as (

    select * from {{ ref('int_activity__by_period') }}

),

raw_findings as (

    select * from {{ ref('int_raw__findings') }}

),

row_kinds as (

    {{ kinds_of_metrics() }}

),

row_issues as (

    select
        row_kinds.kind,
        accounts.period_start,
        accounts.platform,
        accounts.account_id,
        accounts.currency_code,
        accounts.metric_rows as total,
        case row_kinds.kind
            when 'negative_spend' then accounts.negative_spend_rows
            when 'negative_conversions' then accounts.negative_conversions_rows
            when 'conversions_without_clicks' then accounts.conversions_without_clicks_rows
            -- Staging makes zeros of nulls: one row without conversions says nothing, all of them may.
            when 'no_conversions'
                then case
                    when accounts.rows_with_clicks > 0 and accounts.rows_with_conversions = 0
                        then accounts.metric_rows
                end
            when 'no_conversions_value'
                then case
                    when accounts.rows_with_conversions > 0 and accounts.rows_with_conversions_value = 0
                        then accounts.metric_rows
                end
            when 'no_reach' then case when accounts.rows_with_reach = 0 then accounts.metric_rows end
        end as affected,
        case row_kinds.kind
            when 'negative_spend' then accounts.negative_spend_spend
            when 'negative_conversions' then accounts.negative_conversions_spend
            when 'conversions_without_clicks' then accounts.conversions_without_clicks_spend
            else accounts.spend
        end as affected_spend
    from accounts
    cross join row_kinds

),

several_accounts as (

    select
        platform,
        creative_id
    from activity
    group by platform, creative_id
    having count(distinct creative_key) > 1

),

creative_issues as (

    select
        'creatives_of_several_accounts' as kind,
        activity.period_start,
        activity.platform,
        activity.account_id,
        activity.currency_code,
        count(distinct case
            when several_accounts.creative_id is not null then activity.creative_key
        end) as affected,
        count(distinct activity.creative_key) as total,
        sum(case when several_accounts.creative_id is not null then activity.spend end) as affected_spend
    from activity
    left join several_accounts
        on
            activity.platform = several_accounts.platform
            and activity.creative_id = several_accounts.creative_id
    group by activity.period_start, activity.platform, activity.account_id, activity.currency_code

),

account_periods as (

    select
        period_start,
        {{ add_periods('period_start', 1, var('period_grain')) }} as period_end,
        platform,
        account_id,
        sum(days_with_rows) as days_with_rows,
        min(first_day) as first_day,
        max(last_day) as last_day
    from accounts
    group by period_start, platform, account_id

),

in_their_lifetimes as (

    select
        *,
        -- From the first day of the account to its last, and no further than the period.
        greatest(period_start, min(first_day) over account) as due_from,
        least(period_end, {{ add_periods('max(last_day) over account', 1, 'day') }}) as due_until,
        lead(period_start) over (account order by period_start) as next_period_start
    from account_periods
    window account as (partition by platform, account_id)

),

in_days as (

    select
        *,
        {{ dbt.datediff('due_from', 'due_until', 'day') }}
            as due_days,
        {{ dbt.datediff('period_end', 'next_period_start', 'day') }}
            as silent_days
    from in_their_lifetimes

),

day_issues as (

    select
        'missing_days' as kind,
        period_start,
        platform,
        account_id,
        due_days - days_with_rows as affected,
        due_days as total
    from in_days

    union all

    -- Silent periods are known by their neighbours only: the first of those in a row stands for all.
    select
        'missing_periods' as kind,
        period_end as period_start,
        platform,
        account_id,
        silent_days as affected,
        silent_days as total
    from in_days
    where next_period_start > period_end

),

counted as (

    select
        kind,
        period_start,
        platform,
        account_id,
        currency_code,
        affected,
        total,
        affected_spend
    from row_issues

    union all

    select
        kind,
        period_start,
        platform,
        account_id,
        currency_code,
        affected,
        total,
        affected_spend
    from creative_issues

    union all

    select
        kind,
        period_start,
        platform,
        account_id,
        cast(null as {{ dbt.type_string() }}) as currency_code,
        affected,
        total,
        cast(null as {{ type_money() }}) as affected_spend
    from day_issues

),

all_issues as (

    select
        kind,
        {{ level_of_kind('kind') }} as level, -- noqa: RF04
        period_start,
        platform,
        account_id,
        currency_code,
        cast(null as {{ dbt.type_string() }}) as column_name,
        affected,
        total,
        affected_spend,
        cast(null as {{ dbt.type_string() }}) as examples,
        cast(null as {{ dbt.type_string() }}) as setting
    from counted

    union all

    select
        kind,
        level,
        period_start,
        platform,
        account_id,
        currency_code,
        column_name,
        affected,
        total,
        affected_spend,
        examples,
        setting
    from raw_findings

),

final as (

    select
        {{ surrogate_key([
            'kind',
            'period_start',
            'platform',
            'account_id',
            'currency_code',
            'column_name'
        ]) }} as data_quality_issue_id,
        kind,
        level,
        period_start,
        platform,
        account_id,
        currency_code,
        column_name,
        {{ unit_of_kind('kind') }} as unit,
        cast(affected as {{ dbt.type_bigint() }}) as affected,
        cast(total as {{ dbt.type_bigint() }}) as total,
        {{ safe_divide('affected', 'total') }} as affected_share,
        cast(affected_spend as {{ type_money() }}) as affected_spend,
        examples,
        setting
    from all_issues
    where affected > 0

)

select * from final
