{# Rows that share all that a row is known by: which are copies, and which would be left out. #}
{% macro repeated_row_ctes(types, since) -%}
    {%- set grain = raw_metrics_grain() -%}
    {%- set numbers = ['impressions', 'clicks', 'spend', 'conversions', 'conversions_value'] -%}
    {%- set others = raw_metrics_other_columns(types) -%}
    {%- set more = {} -%}
    {%- for column, text in others.items() -%}
        {%- do more.update({'other_' ~ loop.index: "coalesce(" ~ text ~ ", '')"}) -%}
    {%- endfor -%}
    {%- do more.update(source_version()) -%}
    {%- set key = 'date_day, platform, account_id, campaign_id, creative_id, currency_code' -%}
    repeated_keys as (

        select
            date_day,
            platform,
            currency_code,
            coalesce(account_id, '') as account,
            coalesce(campaign_id, '') as campaign,
            coalesce(creative_id, '') as creative
        from keys
        where
            metric_rows > 1
            and {{ is_day_that_counts('date_day') }}

    ),

    copies as (

        select
            rows_of_keys.*,
            row_number() over (
                partition by
                    rows_of_keys.date_day,
                    rows_of_keys.platform,
                    rows_of_keys.account_id,
                    rows_of_keys.campaign_id,
                    rows_of_keys.creative_id,
                    rows_of_keys.currency_code
                    {%- for number in raw_numbers() %},
                    coalesce(rows_of_keys.{{ number }}, 0)
                    {%- endfor %}
                    {%- for column in more %},
                    rows_of_keys.{{ column }}
                    {%- endfor %}
                order by rows_of_keys.reach
            ) as copy_number
        from (
            {{ raw_metrics(types, since, more) }}
        ) as rows_of_keys
        inner join repeated_keys
            on
                rows_of_keys.date_day = repeated_keys.date_day
                and rows_of_keys.platform = repeated_keys.platform
                and rows_of_keys.currency_code = repeated_keys.currency_code
                and coalesce(rows_of_keys.account_id, '') = repeated_keys.account
                and coalesce(rows_of_keys.campaign_id, '') = repeated_keys.campaign
                and coalesce(rows_of_keys.creative_id, '') = repeated_keys.creative

    ),

    versions as (

        select
            *,
            {%- if grain == 'versions' %}
            source_version is distinct from max(source_version) over (partition by {{ key }})
            {%- if is_version_a_text() %}
            and coalesce(source_version, ' ') != ''
            {%- endif %} as is_older,
            {%- endif %}
            row_number() over (
                partition by {{ key }}
                order by {{ newest_first() }},
                copy_number
            ) as version_rank
        from copies

    ),

    left_out as (

        select
            *,
            {{ period_start('date_day', var('period_grain')) }} as period_start,
            case
                {%- if grain == 'finer' %}
                when copy_number > 1 and {{ has_results() }} then 'equal_rows_added'
                {%- else %}
                {%- if grain == 'versions' %}
                when is_older then case when creative_id is null then 'versions_added' else 'older_versions' end
                {%- endif %}
                when creative_id is null and copy_number > 1 then 'equal_rows_added'
                when creative_id is null or version_rank = 1 then null
                when copy_number > 1 then 'repeated_rows'
                else 'contradicting_rows'
                {%- endif %}
            end as kind
        from versions

    ),

    left_out_by_period as (

        select
            kind,
            platform,
            account_id,
            currency_code,
            period_start,
            count(*) as affected,
            sum(coalesce(spend, 0)) as affected_spend,
            {%- for number in numbers %}
            sum(abs(coalesce({{ number }}, 0))) as absolute_{{ number }},
            {%- endfor %}
            min(concat({{ day_as_text('date_day') }}, ' ', coalesce(creative_id, '(null)'))) as first_example,
            max(concat({{ day_as_text('date_day') }}, ' ', coalesce(creative_id, '(null)'))) as last_example,
            min(date_day) as first_day
        from left_out
        where kind is not null
        group by kind, platform, account_id, currency_code, period_start

    ),

    left_out_by_account as (

        select
            *,
            {%- for number in numbers %}
            sum(absolute_{{ number }}) over account as account_{{ number }},
            {%- endfor %}
            {%- if grain == 'versions' %}
            max(case when kind = 'older_versions' then 1 else 0 end)
                over (partition by platform, account_id, currency_code) as has_older_versions,
            {%- endif %}
            min(first_day) over account as first_day_of_account
        from left_out_by_period
        window account as (partition by kind, platform, account_id, currency_code)

    ),

    {#- One day of each account shows which columns tell the rows apart. -#}
    {{ distinguishing_ctes(others) }}

    row_findings as (

        select
            left_out_by_account.kind,
            case
                when left_out_by_account.kind != 'contradicting_rows' then {{ level_of_kind('left_out_by_account.kind') }}
                {%- for number in numbers %}
                when
                    left_out_by_account.account_{{ number }}
                    > {{ var('contradiction_tolerance') }} * accounts.absolute_{{ number }}
                    then 'stop'
                {%- endfor %}
                else 'warn'
            end as found_level,
            left_out_by_account.platform,
            left_out_by_account.account_id,
            left_out_by_account.currency_code,
            left_out_by_account.period_start,
            case when left_out_by_account.kind = 'contradicting_rows' then distinguishing.column_names end as column_name,
            left_out_by_account.affected,
            left_out_by_account.affected_spend,
            case
                when first_example = last_example then first_example
                else concat(first_example, ', ', last_example)
            end as examples,
            case
                when left_out_by_account.kind != 'contradicting_rows' then {{ null_text() }}
                {%- if grain == 'versions' %}
                when distinguishing.is_told_apart_by_others and left_out_by_account.has_older_versions = 1
                    then 'raw_metrics_table: a view that adds up the rows of each version'
                {%- endif %}
                when distinguishing.is_told_apart_by_others then 'raw_metrics_grain: finer'
                {%- if grain == 'versions' %}
                else 'raw_metrics_version'
                {%- else %}
                else 'raw_metrics_grain: versions'
                {%- endif %}
            end as setting
        from left_out_by_account
        inner join accounts
            on {{ same_account('left_out_by_account', 'accounts') }}
        left join distinguishing
            on {{ same_account('left_out_by_account', 'distinguishing') }}

    )
{%- endmacro %}

{# The columns of the raw table that are not read, as text, by their names: what may tell rows of one key apart. Loaders
   write columns that begin with _ and points of time. The hour of a day that is a point of time is such a column too, and
   a version that is a text, because it may be none. #}
{% macro raw_metrics_other_columns(types) %}
    {% set columns = {} %}
    {% if types.date_day != 'day' %}
        {% set day = raw_expression('creative_daily_metrics', 'date_day') %}
        {% do columns.update({raw_column_name('creative_daily_metrics', 'date_day'): any_as_text(day)}) %}
    {% endif %}
    {% set version = (var('raw_metrics_version') or '') | lower %}
    {% set read = [version] %}
    {% for column in raw_contract('creative_daily_metrics') %}
        {% do read.append(raw_column_name('creative_daily_metrics', column) | lower) %}
    {% endfor %}
    {% for name, column in raw_table_columns('creative_daily_metrics').items() %}
        {% set is_a_loaders = name.startswith('_') or type_class(column.dtype) in ('clock', 'moment') %}
        {% if (name not in read and not is_a_loaders) or (name == version and is_version_a_text()) %}
            {% do columns.update({column.name | replace("'", ''): any_as_text(adapter.quote(column.name))}) %}
        {% endif %}
    {% endfor %}
    {{ return(columns) }}
{% endmacro %}

{% macro distinguishing_ctes(others) -%}
    {%- set names = {} -%}
    {%- set versions = [] -%}
    {%- for name in others -%}
        {%- do names.update({'other_' ~ loop.index: name}) -%}
        {%- if name | lower == (var('raw_metrics_version') or '') | lower -%}
            {%- do versions.append('other_' ~ loop.index) -%}
        {%- endif -%}
    {%- endfor -%}
    {%- set is_told_apart -%}
        {%- for column in names -%}max({{ column }}_differs){{ ' + ' if not loop.last }}{%- endfor -%}
    {%- endset %}
    days_told_apart as (

        select
            left_out.platform,
            left_out.account_id,
            left_out.currency_code
            {%- for column in raw_numbers() + names | list %},
            case when count(distinct {{ column if column in names else 'coalesce(left_out.' ~ column ~ ', 0)' }}) > 1 then 1 else 0 end
                as {{ column }}_differs
            {%- endfor %}
        from left_out
        inner join (
            select distinct
                platform,
                account_id,
                currency_code,
                first_day_of_account
            from left_out_by_account
            where kind = 'contradicting_rows'
        ) as first_days
            on
                {{ same_account('left_out', 'first_days') }}
                and left_out.date_day = first_days.first_day_of_account
        where coalesce(left_out.kind, '') != 'older_versions'
        group by
            left_out.platform,
            left_out.account_id,
            left_out.currency_code,
            left_out.campaign_id,
            left_out.creative_id

    ),

    distinguishing as (

        select
            platform,
            account_id,
            currency_code,
            substr(concat(
                ''
                {%- for column, name in names.items() %},
                case when max({{ column }}_differs) = 1 then ', {{ name }}' else '' end
                {%- endfor %}
                {%- for column in raw_numbers() %},
                case when max({{ column }}_differs) = 1 {{ 'and ' ~ is_told_apart ~ ' = 0' if names }}
                    then ', {{ raw_column_name('creative_daily_metrics', column) }}' else '' end
                {%- endfor %}
            ), 3) as column_names,
            {{ is_told_apart ~ ' > 0' if names else 'false' }}
            {%- for version in versions %} and max({{ version }}_differs) = 0{% endfor %} as is_told_apart_by_others
        from days_told_apart
        group by platform, account_id, currency_code

    ),
{%- endmacro %}
