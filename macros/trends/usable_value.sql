{# The value of a period, or null when it rests on too few of what supports its metric. #}
{% macro usable_value(period) -%}
    case when {{ period }}.has_support then {{ period }}.value end
{%- endmacro %}

{# How many of something a period needs before its value counts in a trend. #}
{% macro minimum_support(support) -%}
    case {{ support }}
        when 'impressions' then {{ var('trend_min_impressions') }}
        when 'clicks' then {{ var('trend_min_clicks') }}
        when 'conversions' then {{ var('trend_min_conversions') }}
    end
{%- endmacro %}
