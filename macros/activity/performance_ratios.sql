{# What each ratio of sums divides by what. Frequency leaves out impressions whose reach is unknown. #}
{% macro ratio_parts() %}
    {{ return({
        'ctr': ['clicks', 'impressions'],
        'conversion_rate': ['conversions', 'clicks'],
        'cost_per_click': ['spend', 'clicks'],
        'cost_per_conversion': ['spend', 'conversions'],
        'return_on_spend': ['conversions_value', 'spend'],
        'frequency': ['impressions_with_reach', 'reach'],
    }) }}
{% endmacro %}


{# The ratios of the columns that performance_sums gives, null where undefined. Reach counts each person once only within
   what was measured: a sum of measurements counts some of them again. #}
{% macro performance_ratios() %}
    {% for metric, (numerator, denominator) in ratio_parts().items() %}
    {{ safe_divide(numerator, denominator) }} as {{ metric }},
    {% endfor %}
    case when reach > 0 then reach_measurements > 1 end as frequency_is_approximate
{% endmacro %}
