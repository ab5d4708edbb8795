{# What is odd in the creatives table: no id, an id that lost digits, an unknown platform. #}
{% macro creatives_ctes() -%}
    {%- set types = raw_types('creatives') -%}
    {%- set kinds = [
        ('creatives_without_id', 'creative_id', 'creative_id is null and creative_id_fault is null', null_text()),
        ('unknown_platforms', 'platform', is_unknown_platform('platform'), 'min(platform)'),
    ] -%}
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
            {{ raw_id(raw_expression('creatives', 'creative_id'), types.creative_id) }} as creative_id
        from {{ raw_table('creatives') }}

    ),

    findings_of_creatives as (

        {%- for kind, column, condition, examples in kinds %}
        {{ 'union all' if not loop.first }}
        select
            '{{ kind }}' as kind,
            '{{ finding_kinds()[kind].level }}' as found_level,
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

    )
{%- endmacro %}
