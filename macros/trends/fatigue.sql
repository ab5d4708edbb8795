{# An approach is fatigued when its creatives wear out: their own CTR falls with their age by at least
   fatigue_min_decline a period, significantly, and the approach holds fatigue_min_spend_share of its cohort's spend. #}
{% macro is_fatigued() -%}
    coalesce(
        q_value <= {{ var('trend_max_q') }}
        and response_change <= -{{ var('fatigue_min_decline') }}
        and spend_share >= {{ var('fatigue_min_spend_share') }},
        false
    )
{%- endmacro %}


{# Why an approach is called fatigued or not, in plain words. #}
{% macro fatigue_reason() %}
    {% set period = var('period_grain') %}
    {% set change = dbt.cast(dbt.cast('round(abs(response_change) * 100)', dbt.type_bigint()), dbt.type_string()) ~ " || '% per " ~ period ~ "'" %}
    case
        when coalesce(spend_share, 0) < {{ var('fatigue_min_spend_share') }}
            then 'Too small a part of the spend of its cohort to judge'
        when q_value is null
            then 'Too few of its creatives ran for three {{ period }}s to judge'
        when is_fatigued
            then 'The CTR of its creatives falls by ' || {{ change }} || ' as they age, more than chance explains'
        when q_value > {{ var('trend_max_q') }}
            then 'The CTR of its creatives changes with their age no more than chance explains'
        when response_change < 0
            then 'The CTR of its creatives falls by ' || {{ change }} || ' as they age, too little to matter'
        else 'The CTR of its creatives rises by ' || {{ change }} || ' as they age'
    end
{% endmacro %}
