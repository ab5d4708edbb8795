{# Days that are points of time, and those of an account are not at midnight but at another one or two times, in winter and
   in summer: perhaps midnight of another zone than they are read in. Then they may be one day off. #}
{% macro time_of_day_ctes(types, since) -%}
    {%- set day = raw_expression('creative_daily_metrics', 'date_day') -%}
    {%- set zone = zone_of_days(types) -%}
    {%- set off_midnight = "case when time_of_day != '00:00' then time_of_day end" -%}
    times_of_day as (

        select
            platform,
            account_id,
            currency_code,
            period_start,
            time_of_day,
            sum(metric_rows) as metric_rows,
            sum(spend) as spend,
            -- Of the account in all that was read.
            sum(sum(metric_rows)) over (partition by platform, account_id, time_of_day) as rows_at_this_time,
            sum(sum(metric_rows)) over (partition by platform, account_id) as account_rows
        from (
            {%- if types.date_day in ('clock', 'moment', 'text') %}
            select
                platform,
                account_id,
                currency_code,
                {{ period_start('date_day', var('period_grain')) }} as period_start,
                coalesce(time_of_day, '00:00') as time_of_day,
                1 as metric_rows,
                coalesce(spend, 0) as spend
            from (
                {{ raw_metrics(types, since, {'time_of_day': raw_time_of_day(day, types.date_day)}) }}
            ) as read_rows
            where {{ is_day_that_counts('date_day') }}
            {%- else %}
            -- A date is at midnight.
            select
                platform,
                account_id,
                currency_code,
                period_start,
                '00:00' as time_of_day,
                metric_rows,
                spend
            from by_creative
            {%- endif %}
        ) as rows_with_a_time
        group by platform, account_id, currency_code, period_start, time_of_day

    ),

    -- A time that few rows have says nothing. Midnight elsewhere is on a quarter of an hour, and an hour later in summer.
    -- Where other days are at midnight, as in London in winter, it is in the evening before.
    accounts_off_midnight as (

        select
            platform,
            account_id,
            min({{ off_midnight }}) as first_time,
            max(time_of_day) as last_time
        from times_of_day
        where rows_at_this_time >= 0.01 * account_rows
        group by platform, account_id
        having
            max(time_of_day) != '00:00'
            and count(distinct {{ off_midnight }}) <= 2
            and {{ hour_of('max(time_of_day)') }} - {{ hour_of('min(' ~ off_midnight ~ ')') }} <= 1
            and max(case when substr(time_of_day, 4, 2) in ('00', '15', '30', '45') then 0 else 1 end) = 0
            and (min(time_of_day) != '00:00' or min({{ off_midnight }}) >= '12:00')
            and sum(metric_rows) >= 0.9 * max(account_rows)

    ),

    days_off_midnight as (

        select
            'days_not_at_midnight' as kind,
            {{ level_of_kind("'days_not_at_midnight'") }} as found_level,
            times_of_day.platform,
            times_of_day.account_id,
            times_of_day.currency_code,
            times_of_day.period_start,
            '{{ raw_column_name('creative_daily_metrics', 'date_day') }}' as column_name,
            sum(times_of_day.metric_rows) as affected,
            sum(times_of_day.spend) as affected_spend,
            max(concat(
                'at ', first_time, case when last_time != first_time then concat(' or ', last_time) else '' end
                {%- if zone %}, ' in {{ zone }}'{% endif %}
            )) as examples,
            '{{ setting_of_days(types) }}' as setting
        from times_of_day
        inner join accounts_off_midnight
            on
                times_of_day.platform = accounts_off_midnight.platform
                and coalesce(times_of_day.account_id, '') = coalesce(accounts_off_midnight.account_id, '')
        where times_of_day.time_of_day != '00:00'
        group by
            times_of_day.platform,
            times_of_day.account_id,
            times_of_day.currency_code,
            times_of_day.period_start

    )
{%- endmacro %}

{% macro hour_of(time_of_day) -%}
    cast(substr({{ time_of_day }}, 1, 2) as {{ dbt.type_int() }})
{%- endmacro %}

{# The zone in which days that are points of time are read; none where they are read as they are written. #}
{% macro zone_of_days(types) %}
    {{ return(var('day_time_zone') if types.date_day in ('moment', 'text') else none) }}
{% endmacro %}

{# What settles days that were written in another zone than they are read in. #}
{% macro setting_of_days(types) -%}
    {{ 'day_time_zone, or ' if zone_of_days(types) -}}
    raw_metrics_table: a view with dates of the account in its own time zone as {{ raw_column_name('creative_daily_metrics', 'date_day') }}
{%- endmacro %}
