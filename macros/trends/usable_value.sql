{# The value of a period, or null when it rests on fewer impressions than trend_min_impressions. #}
{% macro usable_value(period) -%}
    case when {{ period }}.impressions >= {{ var('trend_min_impressions') }} then {{ period }}.value end
{%- endmacro %}
