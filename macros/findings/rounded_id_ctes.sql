{# Ids that went through a number with too few digits and look whole again: a float rounds ids above 2^53 to every second,
   fourth or sixteenth number, a spreadsheet keeps fifteen digits and writes zeros for the rest. One such id may be so by
   chance; that all of an account, or of all accounts of a platform, are so must be less likely than one in a million: 20 bits,
   or 6 decimal digits. Ids that were made with zeros at the end, as those of tweets are, have more of them than a float makes. #}
{% macro rounded_id_ctes() -%}
    long_ids as (

        {%- for column in ['account_id', 'campaign_id', 'creative_id'] %}
        {{ 'union all' if not loop.first }}
        select
            '{{ raw_column_name('creative_daily_metrics', column) }}' as column_name,
            {{ column }} as id,
            {{ cast_or_null(column, dbt.type_bigint()) }} as id_number,
            platform,
            account_id,
            currency_code,
            period_start,
            sum(metric_rows) as metric_rows,
            sum(spend) as spend
        from by_creative
        where {{ regexp_contains(column, '^[1-9][0-9]{15,18}$') }}
        group by platform, account_id, currency_code, period_start, {{ column }}
        {%- endfor %}

    ),

    -- A bit or a digit that every number may have is evidence; an id that a float or a spreadsheet does not write refutes it.
    evidence_of_ids as (

        select
            column_name,
            platform,
            account_id,
            case
                when {{ cast_or_null('cast(id_number as ' ~ type_float64() ~ ')', dbt.type_bigint()) }} = id_number then lost_bits
                else -1000000
            end as float_bits,
            case
                when lost_bits > 0 and mod(id_number, cast(pow(2, lost_bits + 1) as {{ dbt.type_bigint() }})) != 0 then 1
                else 0
            end as has_no_more_zeros,
            case when {{ regexp_contains('substr(id, 16)', '^0+$') }} then length(id) - 15 else -1000000 end as spreadsheet_zeros
        from (
            select
                column_name,
                platform,
                account_id,
                id,
                id_number,
                cast(greatest(floor(ln(cast(id_number as {{ type_float64() }})) / ln(2)) - 52, 0) as {{ dbt.type_bigint() }}) as lost_bits
            from long_ids
            where id_number is not null
            group by column_name, platform, account_id, id, id_number
        ) as ids

    ),

    rounded_columns as (

        select
            column_name,
            platform,
            account_id
        from (
            select
                column_name,
                platform,
                account_id,
                {%- for evidence, function in {'float_bits': 'sum', 'has_no_more_zeros': 'max', 'spreadsheet_zeros': 'sum'}.items() %}
                {{ function }}({{ evidence }}) as {{ evidence }},
                {{ function }}({{ function }}({{ evidence }})) over (partition by column_name, platform) as all_{{ evidence }}{{ ',' if not loop.last }}
                {%- endfor %}
            from evidence_of_ids
            group by column_name, platform, account_id
        ) as evidence
        where
            (float_bits >= 20 and has_no_more_zeros = 1)
            or (all_float_bits >= 20 and all_has_no_more_zeros = 1)
            or spreadsheet_zeros >= 6
            or all_spreadsheet_zeros >= 6

    ),

    rounded_ids as (

        select
            'ids_that_lost_digits' as kind,
            {{ level_of_kind("'ids_that_lost_digits'") }} as found_level,
            long_ids.platform,
            long_ids.account_id,
            long_ids.currency_code,
            long_ids.period_start,
            long_ids.column_name,
            sum(long_ids.metric_rows) as affected,
            sum(long_ids.spend) as affected_spend,
            concat(min(long_ids.id), ', ', max(long_ids.id)) as examples,
            {{ null_text() }} as setting
        from long_ids
        inner join rounded_columns
            on
                long_ids.column_name = rounded_columns.column_name
                and long_ids.platform = rounded_columns.platform
                and coalesce(long_ids.account_id, '') = coalesce(rounded_columns.account_id, '')
        group by long_ids.platform, long_ids.account_id, long_ids.currency_code, long_ids.period_start, long_ids.column_name

    )
{%- endmacro %}
