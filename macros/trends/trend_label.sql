{#
  The label of a trend, from the steps between four consecutive periods.

  A step is 1 (better), -1 (worse) or 0 (flat: a relative change of at most trend_min_relative_change).
  step_3 is the oldest, step_1 the newest; net_step compares the newest value with the oldest in use.
  A null step_1 or step_2 means fewer than three values in a row. A null step_3 (three values) counts as flat.

      steps, oldest first (+ better, - worse, 0 flat)      label
      step_1 or step_2 unknown                             too_little_data
      + - +     - + -                                      volatile
      first + then -, flats anywhere:
        + - -   + + -   + - 0   + 0 -   0 + -              peaked        it rose, now it falls
      first - then +, flats anywhere:
        - + +   - - +   - + 0   - 0 +   0 - +              recovering
      + and 0, a + among the last two, net better:
        + + +   + + 0   + 0 +   0 + +   0 + 0   0 0 +      improving
      0 0 0 whose small steps add up to net better         improving
      the mirror images of the last two, net worse         declining
      anything else:
        0 0 0   + 0 0   - 0 0                              steady        nothing has moved for two periods
        and a single step that the flat ones undo
#}
{% macro trend_label() %}
    case
        when step_1 is null or step_2 is null then 'too_little_data'
        when coalesce(step_3, 0) * step_2 = -1 and step_2 * step_1 = -1 then 'volatile'
        when {{ _turns(1, -1) }} then 'peaked'
        when {{ _turns(-1, 1) }} then 'recovering'
        when net_step = 1 and {{ _still_moving(1) }} then 'improving'
        when net_step = -1 and {{ _still_moving(-1) }} then 'declining'
        else 'steady'
    end
{% endmacro %}


{# A step in one direction is followed by a step in the other. #}
{% macro _turns(first, second) -%}
    ((step_3 = {{ first }} and (step_2 = {{ second }} or step_1 = {{ second }}))
    or (step_2 = {{ first }} and step_1 = {{ second }}))
{%- endmacro %}


{# One of the last two steps goes this way, or every step is flat and only their sum does. #}
{% macro _still_moving(direction) -%}
    (step_2 = {{ direction }} or step_1 = {{ direction }}
    or (coalesce(step_3, 0) = 0 and step_2 = 0 and step_1 = 0))
{%- endmacro %}


{# 1 when the newer value is better than the older one, -1 when worse, 0 when flat, null when either is unknown.
   No division, so that a change from zero counts. #}
{% macro trend_step(older, newer) -%}
    case
        when {{ older }} is null or {{ newer }} is null then null
        when abs({{ newer }} - {{ older }}) <= {{ var('trend_min_relative_change') }} * abs({{ older }}) then 0
        when ({{ newer }} > {{ older }}) = lower_is_better then -1
        else 1
    end
{%- endmacro %}
