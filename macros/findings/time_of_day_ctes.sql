{# Days that are points of time without a zone, and none of an account is at midnight but all at the same one or two times:
   midnight of another zone, in summer and in winter, from which a program has cut the zone. Then every day is one off. #}
{% macro time_of_day_ctes(types, since) -%}
    {%- set day = raw_expression('creative_daily_metrics', 'date_day') -%}
    {%- set text = trimmed(day) if types.date_day == 'text' else dbt.cast(day, dbt.type_string()) -%}
    times_of_day as (

        {%- if types.date_day in ('clock', 'text') %}
        select
            platform,
            account_id,
            currency_code,
            {{ period_start('date_day', var('period_grain')) }} as period_start,
            coalesce(nullif(time_of_day, ''), '00:00') as time_of_day,
            count(*) as metric_rows,
            sum(coalesce(spend, 0)) as spend
        from (
            {{ raw_metrics(types, since, {'time_of_day': 'substr(' ~ text ~ ', 12, 5)'}) }}
        ) as read_rows
        where {{ is_day_that_counts('date_day') }}
        group by 1, 2, 3, 4, 5
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

    ),

    accounts_off_midnight as (

        select
            platform,
            account_id
        from times_of_day
        group by platform, account_id
        having
            min(time_of_day) != '00:00'
            and count(distinct time_of_day) <= 2

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
            concat('all at ', min(times_of_day.time_of_day)) as examples,
            {{ null_text() }} as setting
        from times_of_day
        inner join accounts_off_midnight
            on
                times_of_day.platform = accounts_off_midnight.platform
                and coalesce(times_of_day.account_id, '') = coalesce(accounts_off_midnight.account_id, '')
        group by
            times_of_day.platform,
            times_of_day.account_id,
            times_of_day.currency_code,
            times_of_day.period_start

    )
{%- endmacro %}
