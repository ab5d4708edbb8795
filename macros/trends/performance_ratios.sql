{# Ratios of sums, null when undefined. Expects impressions, clicks, spend, conversions, conversions_value, reach
   and impressions_with_reach (impressions of the rows that have a reach) in the select's from. #}
{% macro performance_ratios() %}
    {{ safe_divide('clicks', 'impressions') }} as ctr,
    {{ safe_divide('conversions', 'clicks') }} as conversion_rate,
    {{ safe_divide('spend', 'clicks') }} as cost_per_click,
    {{ safe_divide('spend', 'conversions') }} as cost_per_conversion,
    {{ safe_divide('conversions_value', 'spend') }} as return_on_spend,
    {{ safe_divide('impressions_with_reach', 'reach') }} as frequency
{% endmacro %}


{# Exact sums of activity, or of such sums; reach stays null when no row has one. #}
{% macro performance_sums(impressions_with_reach='case when reach is not null then impressions end') %}
    cast(sum(impressions) as int64) as impressions,
    cast(sum(clicks) as int64) as clicks,
    cast(sum(spend) as numeric(38, 9)) as spend,
    cast(sum(conversions) as numeric(38, 9)) as conversions,
    cast(sum(conversions_value) as numeric(38, 9)) as conversions_value,
    cast(sum(reach) as int64) as reach,
    cast(sum({{ impressions_with_reach }}) as int64) as impressions_with_reach
{% endmacro %}
