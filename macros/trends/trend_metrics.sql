{# The metrics that have a trend: their name, their name in a sentence, how they are written, which way is better,
   and what a period needs enough of: a ratio of few conversions is noise however many impressions it had.
   Rising frequency has no good side of its own; it counts as worse because it wears an audience out. #}
{% macro trend_metrics() %}
    select 'ctr' as metric, 'CTR' as metric_label, true as is_percentage, false as lower_is_better, 'impressions' as support
    union all
    select 'conversion_rate', 'Conversion rate', true, false, 'conversions'
    union all
    select 'cost_per_click', 'Cost per click', false, true, 'clicks'
    union all
    select 'cost_per_conversion', 'Cost per conversion', false, true, 'conversions'
    union all
    select 'return_on_spend', 'Return on spend', false, false, 'conversions'
    union all
    select 'frequency', 'Frequency', false, true, 'impressions'
{% endmacro %}
