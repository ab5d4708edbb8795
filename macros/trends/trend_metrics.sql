{# The metrics that have a trend: their name, their name in a sentence, how they are written, which way is better.
   Rising frequency has no good side of its own; it counts as worse because it wears an audience out. #}
{% macro trend_metrics() %}
    select 'ctr' as metric, 'CTR' as metric_label, true as is_percentage, false as lower_is_better
    union all
    select 'conversion_rate', 'Conversion rate', true, false
    union all
    select 'cost_per_click', 'Cost per click', false, true
    union all
    select 'cost_per_conversion', 'Cost per conversion', false, true
    union all
    select 'return_on_spend', 'Return on spend', false, false
    union all
    select 'frequency', 'Frequency', false, true
{% endmacro %}
