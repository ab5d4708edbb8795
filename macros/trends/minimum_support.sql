{# How many of something a period needs before its value counts in a trend. #}
{% macro minimum_support(support) -%}
    case {{ support }}
        when 'impressions' then {{ var('trend_min_impressions') }}
        when 'clicks' then {{ var('trend_min_clicks') }}
        when 'conversions' then {{ var('trend_min_conversions') }}
    end
{%- endmacro %}
