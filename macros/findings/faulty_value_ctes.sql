{# Values that are none: numbers, ids, days and platforms, each with examples. #}
{% macro faulty_value_ctes(types, since) -%}
    {%- set faults = raw_metrics_faults(types) -%}
    {%- set kinds = [
        ('not_a_day', 'date_day', 'date_day is null', 'day_fault'),
        ('days_in_the_future', 'date_day', "date_day > date '" ~ last_day_that_counts() ~ "'", day_as_text('date_day')),
        ('days_before_2000', 'date_day', "date_day < date '" ~ first_day_that_counts() ~ "'", day_as_text('date_day')),
        ('unknown_platforms', 'platform', is_unknown_platform('platform'), 'platform'),
    ] -%}
    {%- if not var('day_time_zone') -%}
        {%- do kinds.append(('days_with_a_zone', 'date_day', 'has_a_zone and date_day is not null', 'day_fault')) -%}
    {%- endif -%}
    {%- for column in faults if column.endswith('_fault') and column != 'day_fault' -%}
        {%- set name = column.removesuffix('_fault') -%}
        {%- set kind = 'not_a_number' if name in raw_numbers() else 'ids_that_lost_digits' -%}
        {%- do kinds.append((kind, name, column ~ ' is not null', column)) -%}
    {%- endfor -%}
    {%- for column in raw_numbers() if types[column] == 'real' -%}
        {%- do kinds.append(('numbers_that_lost_digits', column, lost_digits_in_32_bits(column), dbt.cast(column, dbt.type_string()))) -%}
    {%- endfor -%}
    {%- if 'spend_fault' in faults -%}
        {%- do kinds.append((
            'missing_spend', 'spend', 'spend is null and spend_fault is null and (impressions != 0 or clicks != 0)',
            "coalesce(" ~ day_as_text('date_day') ~ ", '(null)')"
        )) -%}
    {%- endif %}
    read_rows as (

        {{ raw_metrics(types, since, faults, without_a_day=true) }}

    ),

    faulty_rows as (

        select
            *,
            {{ period_start('date_day', var('period_grain')) }} as period_start
        from read_rows
        where
            {%- for _, _, condition, _ in kinds %}
            {{ 'or ' if not loop.first }}({{ condition }})
            {%- endfor %}

    ),

    {{ thousands_ctes(types, since, faults) }}

    faulty_value_rows as (

        {%- for kind, column, condition, example in kinds %}
        {{ 'union all' if not loop.first }}
        select
            '{{ kind }}' as kind,
            '{{ raw_column_name('creative_daily_metrics', column) }}' as column_name,
            platform,
            account_id,
            currency_code,
            period_start,
            {{ known_spend(faults) }} as spend,
            {{ example }} as example
        from faulty_rows
        where {{ condition }}
        {%- endfor %}
        {%- if columns_of_text(types) %}
        union all
        select * from thousands_rows
        {%- endif %}

    ),

    examples_of_faults as (

        select
            kind,
            column_name,
            platform,
            account_id,
            currency_code,
            period_start,
            example,
            count(*) as affected,
            sum(spend) as affected_spend,
            row_number() over (
                partition by kind, column_name, platform, account_id, currency_code, period_start
                order by example
            ) as example_number
        from faulty_value_rows
        group by kind, column_name, platform, account_id, currency_code, period_start, example

    ),

    faulty_values as (

        select
            kind,
            {{ level_of_kind('kind') }} as found_level,
            platform,
            account_id,
            currency_code,
            period_start,
            column_name,
            sum(affected) as affected,
            sum(affected_spend) as affected_spend,
            string_agg(case when example_number <= 3 then example end, ', ' order by example) as examples,
            {{ null_text() }} as setting
        from examples_of_faults
        group by kind, platform, account_id, currency_code, period_start, column_name

    )
{%- endmacro %}

{# By the names of columns, expressions over the raw table that give a value as text where it is a fault, else null. #}
{% macro raw_metrics_faults(types) %}
    {% set faults = {} %}
    {% set values = raw_metrics_values(types) %}
    {% for column in raw_numbers() if raw_mapping('creative_daily_metrics')[column] is not none %}
        {% set expression = raw_expression('creative_daily_metrics', column) %}
        {% set given = trimmed(expression) if types[column] == 'text' else expression %}
        {% set fault %}
            case
                when {{ given }} is not null and ({{ values[column] }}) is null
                    then {{ dbt.cast(given, dbt.type_string()) }}
            end
        {% endset %}
        {% do faults.update({column ~ '_fault': fault}) %}
    {% endfor %}
    {% for column in ['account_id', 'campaign_id', 'creative_id'] if types[column] in ('text', 'float', 'real') %}
        {% do faults.update({column ~ '_fault': lost_digits(raw_expression('creative_daily_metrics', column), types[column])}) %}
    {% endfor %}
    {% set day = raw_expression('creative_daily_metrics', 'date_day') %}
    {% do faults.update({
        'day_fault': "coalesce(" ~ dbt.cast(day, dbt.type_string()) ~ ", '(null)')",
        'has_a_zone': has_a_zone(day, types.date_day),
    }) %}
    {{ return(faults) }}
{% endmacro %}

{# The spend of a row; null, for unknown, where it is missing or cannot be read. Where no column is spend, there is none. #}
{% macro known_spend(faults) -%}
    {{ 'spend' if 'spend_fault' in faults else 'coalesce(spend, 0)' }}
{%- endmacro %}

{# An id as it is given, where digits of it were lost. #}
{% macro lost_digits(expression, type_class) -%}
    {%- set text = dbt.cast(expression, dbt.type_string()) -%}
    case
        when
            {% if type_class == 'text' -%}
            {{ regexp_contains(text, '[^0-9A-Za-z_]') }}
            and {{ regexp_contains(text, digits_lost()) }}
            {%- else -%}
            {# To pandas nan is null. -#}
            lower({{ text }}) != 'nan' and ({{ raw_id(expression, type_class) }}) is null
            {%- endif %}
            then {{ text }}
    end
{%- endmacro %}

{# Condition: a number that came in 32 bits is not what was written. Between 2^17 and 2^18 they are 1/64 apart, which is more
   than a cent; whole ones are exact up to 2^24. #}
{% macro lost_digits_in_32_bits(column) -%}
    abs({{ column }}) >= {{ 16777216 if column in raw_counts() else 131072 }}
{%- endmacro %}

{% macro day_as_text(day) -%}
    {{ dbt.cast(day, dbt.type_string()) }}
{%- endmacro %}

{% macro is_unknown_platform(platform) -%}
    {{ platform }} not in ('{{ var('platforms') | map('lower') | join("', '") }}')
{%- endmacro %}

{# 1.234 is a decimal here and a thousand there. Where every value of an account that has a dot looks like thousands, it may
   be either; 1200.0 and 0.5 show that dots are those of decimals. #}
{% macro thousands_ctes(types, since, faults) -%}
    {%- set texts = {} -%}
    {%- for column in columns_of_text(types) -%}
        {%- do texts.update({'text_of_' ~ column: trimmed(raw_expression('creative_daily_metrics', column))}) -%}
    {%- endfor -%}
    {%- if columns_of_text(types) %}
    dotted_rows as (

        select
            platform,
            account_id,
            currency_code,
            {{ period_start('date_day', var('period_grain')) }} as period_start,
            {{ known_spend(faults) }} as spend,
            {%- for column in columns_of_text(types) %}
            {%- set is_dotted = 'text_of_' ~ column ~ " like '%.%' and " ~ column ~ ' is not null' %}
            case when {{ is_dotted }} then text_of_{{ column }} end as dotted_{{ column }},
            min(case
                when {{ regexp_contains('text_of_' ~ column, '^-?[1-9][0-9]{0,2}([.][0-9]{3})+$') }} then 1
                when {{ is_dotted }} then 0
            end) over (partition by platform, account_id) as are_thousands_{{ column }}{{ ',' if not loop.last }}
            {%- endfor %}
        from (
            {{ raw_metrics(types, since, texts) }}
        ) as rows_of_text
        where
            {%- for column in columns_of_text(types) %}
            {{ 'or ' if not loop.first }}text_of_{{ column }} like '%.%'
            {%- endfor %}

    ),

    thousands_rows as (
        {%- for column in columns_of_text(types) %}
        {{ 'union all' if not loop.first }}
        select
            'not_a_number' as kind,
            '{{ raw_column_name('creative_daily_metrics', column) }}' as column_name,
            platform,
            account_id,
            currency_code,
            period_start,
            {{ dbt.cast('null', type_money()) if column == 'spend' else 'spend' }} as spend,
            dotted_{{ column }} as example
        from dotted_rows
        where
            are_thousands_{{ column }} = 1
            and dotted_{{ column }} is not null
        {%- endfor %}

    ),
    {%- endif %}
{%- endmacro %}

{# The numbers that the raw table has as text. #}
{% macro columns_of_text(types) %}
    {% set columns = [] %}
    {% for column in raw_numbers() %}
        {% set source = raw_mapping('creative_daily_metrics')[column] %}
        {% if types[column] == 'text' and (source is string or 'micros' in (source or {})) %}
            {% do columns.append(column) %}
        {% endif %}
    {% endfor %}
    {{ return(columns) }}
{% endmacro %}
