{# What is odd in the creatives table: no id, an id that lost digits, an unknown platform, several texts at once, no text in a
   whole account. #}
{% macro creatives_ctes() -%}
    {%- set types = raw_types('creatives') -%}
    {%- set kinds = [
        ('creatives_without_id', 'creative_id', 'creative_id is null and creative_id_fault is null', null_text()),
        ('unknown_platforms', 'platform', is_unknown_platform('platform'), 'min(platform)'),
        ('not_a_day', 'updated_at', 'updated_at is not null and updated_moment is null', 'min(updated_at)'),
    ] -%}
    {%- set updated_at = raw_expression('creatives', 'updated_at') -%}
    {%- set given_update = trimmed(updated_at) if types.updated_at == 'text' else dbt.cast(updated_at, dbt.type_string()) -%}
    {%- set texts = ['headline', 'description', 'format'] -%}
    {%- set faults = {} -%}
    {%- for column in ['account_id', 'creative_id'] -%}
        {%- if types[column] in ('text', 'float', 'real') -%}
            {%- do faults.update({column ~ '_fault': lost_digits(raw_expression('creatives', column), types[column])}) -%}
        {%- else -%}
            {%- do faults.update({column ~ '_fault': null_text()}) -%}
        {%- endif -%}
        {%- do kinds.append(
            ('ids_that_lost_digits', column, column ~ '_fault is not null', 'min(' ~ column ~ '_fault)')
        ) -%}
    {%- endfor -%}
    read_creatives as (

        select
            {%- for column, expression in faults.items() %}
            {{ expression }} as {{ column }},
            {%- endfor %}
            {{ raw_platform(raw_expression('creatives', 'platform'), types.platform) }} as platform,
            {{ raw_account_id(raw_expression('creatives', 'account_id'), types.account_id) }} as account_id,
            {{ raw_id(raw_expression('creatives', 'creative_id'), types.creative_id) }} as creative_id,
            {{ is_any_given(['headline', 'description']) }}
            {%- if var('embed_source') == 'text' and var('embed_tags') %}
            + case when {{ clean_tags(raw_expression('creatives', 'tags')) }} is not null then 1 else 0 end
            {%- endif %} as texts,
            {{ given_update }} as updated_at,
            {{ raw_moment(updated_at, types.updated_at) }} as updated_moment
            {%- for column in texts %},
            coalesce({{ clean_text(raw_expression('creatives', column)) }}, '') as {{ column }}
            {%- endfor %}
        from {{ raw_table('creatives') }}

    ),

    -- Addresses of media are not compared: a signed one is another one each time.
    contradicting_moments as (

        select
            platform,
            account_id,
            creative_id,
            case
                {%- for column in texts %}
                when min({{ column }}) != max({{ column }}) then 'creatives.{{ raw_column_name('creatives', column) }}'
                {%- endfor %}
            end as column_name
        from read_creatives
        where creative_id is not null
        group by platform, account_id, creative_id, updated_at
        having count(*) > 1

    ),

    contradicting_creatives as (

        select
            'contradicting_creatives' as kind,
            {{ level_of_kind("'contradicting_creatives'") }} as found_level,
            by_creative.platform,
            by_creative.account_id,
            by_creative.currency_code,
            by_creative.period_start,
            contradicting.column_name,
            sum(by_creative.metric_rows) as affected,
            sum(by_creative.spend) as affected_spend,
            min(by_creative.creative_id) as examples,
            {{ null_text() }} as setting
        from by_creative
        inner join (
            select
                platform,
                account_id,
                creative_id,
                max(column_name) as column_name
            from contradicting_moments
            where column_name is not null
            group by platform, account_id, creative_id
        ) as contradicting
            on
                by_creative.platform = contradicting.platform
                and coalesce(by_creative.account_id, '') = coalesce(contradicting.account_id, '')
                and by_creative.creative_id = contradicting.creative_id
        where by_creative.counts
        group by
            by_creative.platform,
            by_creative.account_id,
            by_creative.currency_code,
            by_creative.period_start,
            contradicting.column_name

    ),

    findings_of_creatives as (

        {%- for kind, column, condition, examples in kinds %}
        {{ 'union all' if not loop.first }}
        select
            '{{ kind }}' as kind,
            {#- A creative without the day of its version has its results all the same. #}
            '{{ 'warn' if kind == 'not_a_day' else finding_kinds()[kind].level }}' as found_level,
            platform,
            account_id,
            {{ null_text() }} as currency_code,
            cast(null as date) as period_start,
            'creatives.{{ raw_column_name('creatives', column) }}' as column_name,
            count(*) as affected,
            cast(null as {{ type_money() }}) as affected_spend,
            {{ examples }} as examples,
            {{ null_text() }} as setting
        from read_creatives
        where {{ condition }}
        group by platform, account_id
        {%- endfor %}

    ),

    findings_of_texts as (

        select
            'accounts_without_text' as kind,
            {{ level_of_kind("'accounts_without_text'") }} as found_level,
            attributed.platform,
            attributed.account_id,
            attributed.currency_code,
            attributed.period_start,
            'creatives.{{ raw_column_name('creatives', 'headline') }}' as column_name,
            sum(attributed.metric_rows) as affected,
            sum(attributed.spend) as affected_spend,
            {{ null_text() }} as examples,
            {{ null_text() }} as setting
        from attributed
        inner join (
            select
                platform,
                account_id
            from read_creatives
            group by platform, account_id
            having max(texts) = 0
        ) as without_text
            on
                attributed.platform = without_text.platform
                and coalesce(attributed.account_id, '') = coalesce(without_text.account_id, '')
        where attributed.is_found
        group by attributed.platform, attributed.account_id, attributed.currency_code, attributed.period_start

    )
{%- endmacro %}
