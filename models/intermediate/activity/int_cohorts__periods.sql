{%- set yesterday = add_periods(today(), -1, 'day') %}

with

activity as (

    select * from {{ ref('int_activity__by_period') }}

),

accounts as (

    select * from {{ ref('int_metrics__issues_by_account') }}

),

first_open_periods as (

    {{ first_open_periods('activity') }}

),

-- Days without activity count: an account whose report says zero is not late.
-- A day that still runs ends nothing.
newest_days as (

    select
        platform,
        account_id,
        least(max(last_day), {{ yesterday }}) as newest_day,
        least(max(max(last_day)) over (), {{ yesterday }}) as newest_day_of_all
    from accounts
    group by platform, account_id

),

cohort_accounts as (

    select distinct
        cohort_id,
        period_start,
        platform,
        account_id
    from activity

),

-- A cohort waits for the last of its accounts. In a closed period it waits for nobody any more.
cohort_days as (

    select
        cohort_accounts.cohort_id,
        cohort_accounts.period_start,
        min(case
            when cohort_accounts.period_start < first_open_periods.first_open_period
                then newest_days.newest_day_of_all
            else newest_days.newest_day
        end) as newest_day
    from cohort_accounts
    inner join first_open_periods
        on cohort_accounts.cohort_id = first_open_periods.cohort_id
    inner join newest_days
        on
            cohort_accounts.platform = newest_days.platform
            and coalesce(cohort_accounts.account_id, '') = coalesce(newest_days.account_id, '')
    group by
        cohort_accounts.cohort_id,
        cohort_accounts.period_start

),

final as (

    select
        cohort_id,
        period_start,
        {{ add_periods('period_start', 1, var('period_grain')) }}
        <= {{ add_periods('newest_day', 1, 'day') }} as is_complete,
        {{ add_periods('period_start', 1, var('period_grain')) }}
        <= {{ add_periods('newest_day', 1 - var('conversion_lag_days'), 'day') }} as is_mature
    from cohort_days

)

select * from final
