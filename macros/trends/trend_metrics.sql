{# The metrics that have a trend: their name in a sentence, whether they are written as a percentage, which way is better,
   and what a value needs enough of: a ratio of few conversions is noise however many impressions it had.
   Rising frequency has no good side of its own; it counts as worse because it wears an audience out. #}
{% macro metric_facts() %}
    {{ return({
        'ctr': {'label': 'CTR', 'is_percentage': true, 'lower_is_better': false, 'support': 'impressions'},
        'conversion_rate': {'label': 'Conversion rate', 'is_percentage': true, 'lower_is_better': false, 'support': 'conversions'},
        'cost_per_click': {'label': 'Cost per click', 'is_percentage': false, 'lower_is_better': true, 'support': 'clicks'},
        'cost_per_conversion': {
            'label': 'Cost per conversion', 'is_percentage': false, 'lower_is_better': true, 'support': 'conversions'
        },
        'return_on_spend': {'label': 'Return on spend', 'is_percentage': false, 'lower_is_better': false, 'support': 'conversions'},
        'frequency': {'label': 'Frequency', 'is_percentage': false, 'lower_is_better': true, 'support': 'impressions'},
    }) }}
{% endmacro %}


{# The same as rows. #}
{% macro trend_metrics() %}
    {% for metric, facts in metric_facts().items() %}
    select
        '{{ metric }}' as metric,
        '{{ facts.label }}' as metric_label,
        {{ facts.is_percentage | lower }} as is_percentage,
        {{ facts.lower_is_better | lower }} as lower_is_better,
        '{{ facts.support }}' as support
    {{ 'union all' if not loop.last }}
    {% endfor %}
{% endmacro %}
