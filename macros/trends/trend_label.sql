{#
  The steps between periods: 2 better and 1 perhaps better, -2 and -1 the same for worse, 0 unchanged.

  better or worse: significant (q of at most trend_max_q) and a relative change of more than trend_min_relative_change.
  perhaps: the same with a p of at most 0.2. It is too little to say that anything moved at all. Once a significant step
  says so, it decides whether there was a turn: at 0.05 half of the turns of two standard errors would be missed.
#}
{% macro trend_step() -%}
    case
        when q_value is null then null
        when abs(delta) <= {{ var('trend_min_relative_change') }} * abs(value_back) then 0
        when q_value > {{ var('trend_max_q') }} and p_value > 0.2 then 0
        else case when (delta < 0) = lower_is_better then 1 else -1 end
            * case when q_value <= {{ var('trend_max_q') }} then 2 else 1 end
    end
{%- endmacro %}


{#
  The label of a trend, from the steps between each two of four consecutive periods: step_3_0 is the one from three periods
  back to now. Without the oldest period, three are enough.

      a value or a test of the last three is missing        too_little_data
      no significant step                                   steady
      a step up and a later one down                        peaked
      a step down and a later one up                        recovering
      both                                                  volatile
      steps up, also from the oldest to now                 improving
      steps down, also from the oldest to now               declining
      steps that came back                                  steady
#}
{% macro trend_label() %}
    case
        when usable_value is null or usable_value_1_back is null or usable_value_2_back is null
            or step_1_0 is null or step_2_1 is null then 'too_little_data'
        when not {{ has_moved() }} then 'steady'
        when {{ _turns('>', '<') }} and {{ _turns('<', '>') }} then 'volatile'
        when {{ _turns('>', '<') }} then 'peaked'
        when {{ _turns('<', '>') }} then 'recovering'
        when {{ trend_steps() | join(' + ') }} > 0 and coalesce(step_3_0, step_2_0) > 0 then 'improving'
        when {{ trend_steps() | join(' + ') }} < 0 and coalesce(step_3_0, step_2_0) < 0 then 'declining'
        else 'steady'
    end
{% endmacro %}


{# Which way a metric goes, for whoever reads it: a rising cost is worse. What turned goes the way of its last step. #}
{% macro trend_direction() -%}
    case
        when trend_label in ('improving', 'recovering') then 'better'
        when trend_label in ('declining', 'peaked') then 'worse'
        when trend_label = 'steady' then 'steady'
        when trend_label = 'volatile' then 'mixed'
    end
{%- endmacro %}


{# One of the steps is significant. #}
{% macro has_moved() -%}
    greatest({{ trend_steps('abs') | join(', ') }}) = 2
{%- endmacro %}


{# The pairs of four periods, by how far back the older and the newer one is. #}
{% macro trend_pairs() %}
    {{ return([(3, 2), (2, 1), (1, 0), (3, 1), (2, 0), (3, 0)]) }}
{% endmacro %}


{# Their steps, unknown ones as unchanged, in a function where one is given. #}
{% macro trend_steps(function='') %}
    {% set steps = [] %}
    {% for older, newer in trend_pairs() %}
        {% do steps.append(function ~ '(coalesce(step_' ~ older ~ '_' ~ newer ~ ', 0))') %}
    {% endfor %}
    {{ return(steps) }}
{% endmacro %}


{# A step in one direction is followed by a step in the other: `>` is up, `<` down. #}
{% macro _turns(first, second) -%}
    {%- set turns = [] -%}
    {%- for older, middle, newer in [(3, 2, 1), (3, 2, 0), (3, 1, 0), (2, 1, 0)] -%}
        {%- do turns.append(
            '(step_' ~ older ~ '_' ~ middle ~ ' ' ~ first ~ ' 0 and step_' ~ middle ~ '_' ~ newer ~ ' ' ~ second ~ ' 0)'
        ) -%}
    {%- endfor -%}
    ({{ turns | join(' or ') }})
{%- endmacro %}
