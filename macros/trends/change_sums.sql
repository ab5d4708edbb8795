{# How many periods back changes are measured. #}
{% macro change_lags() %}
    {{ return([1, 2, 3]) }}
{% endmacro %}


{#
  What the change of a ratio R = N / D of sums over creatives needs of them, in one pass, as columns <metric>_<what>.
  Expects the creative's two parts n and d, now and _back, and their totals N and D, as total_ columns.

  lasting are creatives that were active in both periods; all others came or left. comparable are those of them that have a
  rate in both, which is a denominator above zero. swapped and swapped_back are the rates of one period weighed by the
  denominators of the other.

  variance is the delete-one-creative jackknife of the change (Quenouille 1956; Efron and Stein 1981): leaving a creative
  out moves R by -(n - R d) / (D - d). The creative is the unit, so that one in both periods is one and not two. Without the
  factor (n - 1) / n it errs to the safe side, like HC3 of MacKinnon and White (1985).
  untestable counts creatives that are all of a denominator: without them there is no ratio.
#}
{% macro change_sums(metric, n, d) %}
    {%- set comparable = 'is_lasting and ' ~ d ~ ' > 0 and ' ~ d ~ '_back > 0' %}
    {%- set ratio, ratio_back = total_ratio(n, d), total_ratio(n ~ '_back', d ~ '_back') %}
    {%- set unit = 'coalesce(nullif(greatest(abs(' ~ ratio ~ '), abs(' ~ ratio_back ~ ')), 0), 1)' %}
    {%- set moved = '((' ~ left_out(n, d) ~ ') - (' ~ left_out(n ~ '_back', d ~ '_back') ~ ')) / ' ~ unit %}
    {% for name, condition in [('lasting', 'is_lasting'), ('comparable', comparable)] %}
    {% for part, column in [('numerator', n), ('denominator', d)] %}
    {% for back in ['', '_back'] %}
    cast(sum(case when {{ condition }} then {{ column }}{{ back }} end) as {{ type_float64() }}) as {{ metric }}_{{ name }}_{{ part }}{{ back }},
    {% endfor %}
    {% endfor %}
    {% endfor %}
    cast(sum(case when {{ comparable }} then {{ _swapped(n, d, d ~ '_back') }} end) as {{ type_float64() }}) as {{ metric }}_swapped,
    cast(sum(case when {{ comparable }} then {{ _swapped(n ~ '_back', d ~ '_back', d) }} end) as {{ type_float64() }}) as {{ metric }}_swapped_back,
    {{ exact_sum_of_squares(moved, unit) }} as {{ metric }}_variance,
    count(case when {{ n }} != 0 or {{ d }} != 0 or {{ n }}_back != 0 or {{ d }}_back != 0 then 1 end) as {{ metric }}_creatives,
    count(case when total_{{ d }} = {{ d }} or total_{{ d }}_back = {{ d }}_back then 1 end) as {{ metric }}_untestable
{% endmacro %}


{# A creative's rate times another denominator of its own. #}
{% macro _swapped(n, d, other_d) -%}
    cast(cast({{ n }} as {{ type_float64() }}) / cast({{ d }} as {{ type_float64() }}) * cast({{ other_d }} as {{ type_float64() }}) as {{ type_money() }})
{%- endmacro %}
