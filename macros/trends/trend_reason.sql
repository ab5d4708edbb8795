{# Why a trend has its label, in plain words. Expects the columns of CTE turned in fct_approach_trends. #}
{% macro trend_reason() %}
    {% set period = var('period_grain') %}
    {% set periods = "case when usable_value_3_back is null then 'two' else 'three' end || ' " ~ period ~ "s'" %}
    case
        when not is_mature
            then metric_label || ' is not final: conversions of this {{ period }} are still arriving'
        when trend_label = 'too_little_data'
            and usable_value is not null and usable_value_1_back is not null and usable_value_2_back is not null
            then metric_label || ' rests on too few creatives to tell a change from chance'
        when trend_label = 'too_little_data'
            then metric_label || ' is known on at least ' || cast({{ minimum_support('support') }} as string) || ' '
                || support || ' for fewer than three {{ period }}s in a row'
        when trend_label = 'volatile'
            then metric_label || ' went up and down within ' || {{ periods }} || ', now ' || {{ format_metric('usable_value') }}
        when trend_label in ('peaked', 'recovering')
            then metric_label || case when starts_upward then ' rose to ' else ' fell to ' end
                || {{ format_metric('turning_value') }}
                || case when starts_upward then ', then fell to ' else ', then rose to ' end
                || {{ format_metric('usable_value') }}
        when trend_label = 'steady'
            then metric_label || ' is steady at ' || {{ format_metric('usable_value') }}
                || ': it moved no more over ' || {{ periods }} || ' than chance explains'
        else metric_label || case when starts_upward then ' rose' else ' fell' end || ' over ' || {{ periods }}
            || ', from ' || {{ format_metric('usable_value_oldest') }} || ' to ' || {{ format_metric('usable_value') }}
            || ', more than chance explains'
    end
{% endmacro %}


{# Why a metric changed between two periods, in plain words. Expects the columns of CTE named in fct_approach_changes. #}
{% macro change_reason() %}
    {% set largest = 'greatest(abs(own_change), abs(reallocation_change), abs(entered_change), abs(left_change))' %}
    case
        when delta is null then metric_label || ' is not known in both {{ var('period_grain') }}s'
        when {{ format_metric('value') }} = {{ format_metric('value_back') }}
            then metric_label || ' stayed at ' || {{ format_metric('value') }}
        else metric_label || case when delta > 0 then ' rose' else ' fell' end
            || ' from ' || {{ format_metric('value_back') }} || ' to ' || {{ format_metric('value') }}
            || case
                when not is_mature then '; conversions are still arriving'
                when q_value is null then '; too little data to tell this from chance'
                when not is_significant then ', which chance can explain'
                when abs(own_change) = {{ largest }} then ', mostly because its lasting creatives changed'
                when abs(reallocation_change) = {{ largest }} then ', mostly by a shift between its lasting creatives'
                when abs(entered_change) = {{ largest }} then ', mostly by creatives that came'
                else ', mostly by creatives that left'
            end
    end
{% endmacro %}


{# A number with two decimals, as a percentage where the metric is one. Built from whole hundredths, because
   engines write decimals as text differently. #}
{% macro format_metric(value) -%}
    {%- set hundredths -%}
        cast(round(abs({{ value }}) * case when is_percentage then 10000 else 100 end) as int64)
    {%- endset -%}
    (case when {{ value }} < 0 then '-' else '' end
    || cast(cast(floor({{ hundredths }} / 100) as int64) as string)
    || '.' || lpad(cast(mod({{ hundredths }}, 100) as string), 2, '0')
    || case when is_percentage then '%' else '' end)
{%- endmacro %}
