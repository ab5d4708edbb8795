{# Exact sums of activity, or of such sums; reach stays null where no row has one. #}
{% macro performance_sums() %}
    cast(sum(impressions) as {{ dbt.type_bigint() }}) as impressions,
    cast(sum(clicks) as {{ dbt.type_bigint() }}) as clicks,
    cast(sum(spend) as {{ type_money() }}) as spend,
    cast(sum(conversions) as {{ type_money() }}) as conversions,
    cast(sum(conversions_value) as {{ type_money() }}) as conversions_value,
    cast(sum(reach) as {{ dbt.type_bigint() }}) as reach,
    cast(sum(reach_measurements) as {{ dbt.type_bigint() }}) as reach_measurements,
    cast(sum(impressions_with_reach) as {{ dbt.type_bigint() }}) as impressions_with_reach
{% endmacro %}
