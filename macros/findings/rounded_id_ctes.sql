{# Ids of ads that went through a number with too few digits and look whole again: a float rounds ids above 2^53 to every
   second, fourth or sixteenth number, a spreadsheet keeps fifteen digits and writes zeros for the rest. One such id may be
   so by chance; that all of an account are so must be less likely than one in a million: 20 bits, or 6 decimal digits. #}
{% macro rounded_id_ctes() -%}
    long_ids as (

        select
            platform,
            account_id,
            creative_id,
            length(creative_id) - 15 as zeros_of_a_spreadsheet,
            {{ cast_or_null('creative_id', dbt.type_bigint()) }} as id_number
        from by_creative
        where {{ regexp_contains('creative_id', '^[1-9][0-9]{15,17}$') }}
        group by platform, account_id, creative_id

    ),

    rounded_accounts as (

        select
            platform,
            account_id
        from long_ids
        group by platform, account_id
        having
            (
                min(case when cast(cast(id_number as {{ type_float64() }}) as {{ dbt.type_bigint() }}) = id_number then 1 else 0 end) = 1
                and sum(greatest(floor(ln(id_number) / ln(2)) - 52, 0)) >= 20
            )
            or (
                min(case when {{ regexp_contains('substr(creative_id, 16)', '^0+$') }} then 1 else 0 end) = 1
                and sum(zeros_of_a_spreadsheet) >= 6
            )

    ),

    rounded_ids as (

        select
            'ids_that_lost_digits' as kind,
            {{ level_of_kind("'ids_that_lost_digits'") }} as found_level,
            by_creative.platform,
            by_creative.account_id,
            by_creative.currency_code,
            by_creative.period_start,
            '{{ raw_column_name('creative_daily_metrics', 'creative_id') }}' as column_name,
            sum(by_creative.metric_rows) as affected,
            sum(by_creative.spend) as affected_spend,
            concat(min(by_creative.creative_id), ', ', max(by_creative.creative_id)) as examples,
            {{ null_text() }} as setting
        from by_creative
        inner join rounded_accounts
            on
                by_creative.platform = rounded_accounts.platform
                and coalesce(by_creative.account_id, '') = coalesce(rounded_accounts.account_id, '')
        where by_creative.creative_id is not null
        group by by_creative.platform, by_creative.account_id, by_creative.currency_code, by_creative.period_start

    )
{%- endmacro %}
