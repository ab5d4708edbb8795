{# Why a trend has its label, in plain words. Expects the columns of CTE turned in fct_approach_trends. #}
{% macro trend_reason() %}
    {% set period = var('period_grain') %}
    {% set periods = "case when usable_value_3_back is null then 'two' else 'three' end || ' " ~ period ~ "s'" %}
    case
        when not is_mature and support = 'conversions'
            then metric_label || ' is not final: conversions of this {{ period }} are still arriving'
        when not is_mature
            then metric_label || ' is not final: this {{ period }} is not over'
        when trend_label = 'too_little_data'
            and usable_value is not null and usable_value_1_back is not null and usable_value_2_back is not null
            then metric_label || ' rests on too few creatives to tell a change from chance'
        when trend_label = 'too_little_data'
            then metric_label || ' is known on at least ' || {{ dbt.cast(minimum_support('support'), dbt.type_string()) }} || ' '
                || support || ' for fewer than three {{ period }}s in a row'
        when trend_label = 'volatile'
            then metric_label || ' went up and down within ' || {{ periods }} || ', now ' || {{ format_metric('usable_value') }}
        when trend_label in ('peaked', 'recovering')
            then metric_label || case when starts_upward then ' rose to ' else ' fell to ' end
                || {{ format_metric('turning_value') }}
                || case when starts_upward then ', then fell to ' else ', then rose to ' end
                || {{ format_metric('usable_value') }}
        when trend_label = 'steady' and {{ has_moved() }}
            then metric_label || ' moved within ' || {{ periods }} || ' and came back, now '
                || {{ format_metric('usable_value') }}
        when trend_label = 'steady'
            then metric_label || ' is steady at ' || {{ format_metric('usable_value') }} || ': over ' || {{ periods }}
                || ' it changed by less than {{ (100 * var('trend_min_relative_change')) | round(2) | string | replace('.0', '') }}%'
                || ' or no more than chance explains'
        else metric_label || case when starts_upward then ' rose' else ' fell' end || ' over ' || {{ periods }}
            || ', from ' || {{ format_metric('usable_value_oldest') }} || ' to ' || {{ format_metric('usable_value') }}
            || ', more than chance explains'
    end
{% endmacro %}


{# Why a metric changed between two periods, in plain words. Expects the columns of CTE named in fct_approach_changes. #}
{% macro change_reason() %}
    {% set parts = ['own_change', 'reallocation_change', 'entered_change', 'left_change'] %}
    {% set pushes = [] %}
    {% for part in parts %}
        {% do pushes.append(part ~ ' * sign(delta)') %}
    {% endfor %}
    {% set largest = 'greatest(' ~ pushes | join(', ') ~ ')' %}
    case
        when delta is null then metric_label || ' is not known in both {{ var('period_grain') }}s'
        when delta = 0 then metric_label || ' stayed at ' || {{ format_metric('value') }}
        else metric_label || case when delta > 0 then ' rose' else ' fell' end
            || ' from ' || {{ format_metric('value_back') }} || ' to ' || {{ format_metric('value') }}
            || case
                when not is_mature then '; this is not final'
                when q_value is null then '; too little data to tell this from chance'
                when not is_significant then ', which chance can explain'
                when {{ pushes[0] }} = {{ largest }} then ', mostly because its lasting creatives changed'
                when {{ pushes[1] }} = {{ largest }} then ', mostly by a shift between its lasting creatives'
                when {{ pushes[2] }} = {{ largest }} then ', mostly by creatives that came'
                else ', mostly by creatives that left'
            end
    end
{% endmacro %}


{# A number with two decimals, four where it is small, as a percentage where the metric is one. Built from whole numbers,
   because engines write decimals as text differently. #}
{% macro format_metric(value) -%}
    {%- set scaled = '(abs(' ~ value ~ ') * case when is_percentage then 100 else 1 end)' -%}
    (case when {{ value }} < 0 then '-' else '' end
    || case
        when {{ scaled }} > 0 and {{ scaled }} < 0.1 then {{ _decimals(scaled, 4) }}
        else {{ _decimals(scaled, 2) }}
    end
    || case when is_percentage then '%' else '' end)
{%- endmacro %}


{% macro _decimals(number, digits) -%}
    {%- set whole = dbt.cast('round(' ~ number ~ ' * ' ~ 10 ** digits ~ ')', dbt.type_bigint()) -%}
    cast(cast(floor({{ whole }} / {{ 10 ** digits }}) as {{ dbt.type_bigint() }}) as {{ dbt.type_string() }}) || '.'
    || lpad(cast(mod({{ whole }}, {{ 10 ** digits }}) as {{ dbt.type_string() }}), {{ digits }}, '0')
{%- endmacro %}
