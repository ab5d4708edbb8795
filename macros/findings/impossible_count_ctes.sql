{# Counts that no platform can mean: clicks of what was never shown, and less than nothing. They are judged by all rows of a
   creative and day together, as they count, because one of several finer rows may hold a late click alone. Rare ones are a
   note: a warning has to be rare to be read. #}
{% macro impossible_count_ctes() -%}
    {%- set impressions, clicks = raw_column_name('creative_daily_metrics', 'impressions'), raw_column_name('creative_daily_metrics', 'clicks') -%}
    {%- set kinds = [('negative_counts', none, 'impressions < 0 or clicks < 0 or reach < 0')] -%}
    {#- Who has no column of impressions has said so. -#}
    {%- if raw_mapping('creative_daily_metrics').impressions is not none -%}
        {%- do kinds.append(('clicks_without_impressions', impressions, 'impressions = 0 and clicks > 0')) -%}
        {%- do kinds.append(('clicks_above_impressions', clicks, 'impressions > 0 and clicks > impressions')) -%}
    {%- endif -%}
    impossible_counts as (

        select
            keys.*,
            totals.total,
            totals.period_start
        from keys
        inner join totals
            on
                {{ same_account('keys', 'totals') }}
                and {{ period_start('keys.date_day', var('period_grain')) }} = totals.period_start
        where
            {{ is_day_that_counts('keys.date_day') }}
            and (
                {%- for _, _, condition in kinds %}
                {{ 'or ' if not loop.first }}({{ condition }})
                {%- endfor %}
            )

    ),

    findings_of_counts as (

        {%- for kind, column, condition in kinds %}
        {{ 'union all' if not loop.first }}
        select
            '{{ kind }}' as kind,
            case
                when sum(metric_rows) >= {{ var('warn_of_faulty_rows_from') }} * max(total) then '{{ finding_kinds()[kind].level }}'
                else 'note'
            end as found_level,
            platform,
            account_id,
            currency_code,
            period_start,
            {{ "'" ~ column ~ "'" if column else null_text() }} as column_name,
            sum(metric_rows) as affected,
            sum(spend) as affected_spend,
            min(concat({{ day_as_text('date_day') }}, ' ', coalesce(creative_id, '(null)'))) as examples,
            {{ null_text() }} as setting
        from impossible_counts
        where {{ condition }}
        group by platform, account_id, currency_code, period_start
        {%- endfor %}

    )
{%- endmacro %}
