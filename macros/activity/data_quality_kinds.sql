{# What fct_data_quality_issues counts, what it counts it in, and whether it is surely a mistake of the source (fault)
   or may be right (notice). docs/bring-your-own-data.md says what each means and what becomes of such rows. #}
{% macro data_quality_kinds() %}
    select 'clicks_without_impressions' as kind, 'fault' as severity, 'row' as unit
    union all
    select 'clicks_above_impressions', 'fault', 'row'
    union all
    select 'negative_counts', 'fault', 'row'
    union all
    select 'contradicting_versions', 'fault', 'row'
    union all
    select 'negative_spend', 'notice', 'row'
    union all
    select 'negative_conversions', 'notice', 'row'
    union all
    select 'conversions_without_clicks', 'notice', 'row'
    union all
    select 'no_conversions', 'notice', 'row'
    union all
    select 'no_conversions_value', 'notice', 'row'
    union all
    select 'no_reach', 'notice', 'row'
    union all
    select 'unrecorded_creatives', 'notice', 'creative'
    union all
    select 'creatives_of_several_accounts', 'notice', 'creative'
    union all
    select 'missing_days', 'notice', 'day'
    union all
    select 'missing_periods', 'notice', 'day'
{% endmacro %}
