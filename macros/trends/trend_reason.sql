{# Why a trend has its label, in plain words. Expects the columns of CTE turned in fct_approach_trends. #}
{% macro trend_reason() %}
    {% set period = var('period_grain') %}
    {% set from_to = "', from ' || " ~ format_metric('usable_value_oldest') ~ " || ' to ' || " ~ format_metric('usable_value') %}
    case
        when trend_label = 'too_little_data'
            then metric_label || ' is known on at least ' || cast({{ minimum_support('support') }} as string) || ' '
                || support || ' for fewer than three {{ period }}s in a row'
        when trend_label = 'volatile'
            then metric_label || ' changed direction in each of the last two {{ period }}s, now '
                || {{ format_metric('usable_value') }}
        when trend_label in ('peaked', 'recovering')
            then metric_label || case when starts_upward then ' rose to ' else ' fell to ' end
                || {{ format_metric('turning_value') }}
                || case when starts_upward then ', then fell to ' else ', then rose to ' end
                || {{ format_metric('usable_value') }}
        when trend_label = 'steady'
            then metric_label || ' is steady at ' || {{ format_metric('usable_value') }}
        when step_3 = step_2 and step_2 = step_1 and step_1 != 0
            then metric_label || case when starts_upward then ' rose' else ' fell' end
                || ' three {{ period }}s in a row' || {{ from_to }}
        when step_3 is null and step_2 = step_1 and step_1 != 0
            then metric_label || case when starts_upward then ' rose' else ' fell' end
                || ' two {{ period }}s in a row' || {{ from_to }}
        else metric_label || case when starts_upward then ' rose' else ' fell' end
            || case when step_3 is null then ' over two {{ period }}s' else ' over three {{ period }}s' end
            || {{ from_to }}
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
