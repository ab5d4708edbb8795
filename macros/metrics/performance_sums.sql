{# Exact sums of activity, or of such sums; reach stays null where no row has one. #}
{% macro performance_sums() %}
    cast(sum(impressions) as int64) as impressions,
    cast(sum(clicks) as int64) as clicks,
    cast(sum(spend) as numeric(38, 9)) as spend,
    cast(sum(conversions) as numeric(38, 9)) as conversions,
    cast(sum(conversions_value) as numeric(38, 9)) as conversions_value,
    cast(sum(reach) as int64) as reach,
    cast(sum(reach_measurements) as int64) as reach_measurements,
    cast(sum(impressions_with_reach) as int64) as impressions_with_reach
{% endmacro %}
