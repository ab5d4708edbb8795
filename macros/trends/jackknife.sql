{#
  The spread of a ratio R = N / D of sums over creatives, as columns <metric>_variance, _units and _untestable. Expects n and d
  of each creative, and their totals N and D as total_ columns.

  The variance is the delete-one-creative jackknife (Quenouille 1956; Efron and Stein 1981) without the factor (n - 1) / n,
  so that it errs to the safe side. units have anything of n or d. untestable are all of d: without them there is no ratio.
#}
{% macro ratio_sums(metric, n, d) %}
    {%- set unit = 'coalesce(nullif(abs(' ~ total_ratio(n, d) ~ '), 0), 1)' %}
    {{ exact_sum_of_squares('(' ~ left_out(n, d) ~ ') / ' ~ unit, unit) }} as {{ metric }}_variance,
    count(case when {{ n }} != 0 or {{ d }} != 0 then 1 end) as {{ metric }}_units,
    count(case when total_{{ d }} = {{ d }} then 1 end) as {{ metric }}_untestable
{% endmacro %}


{# N / D; null where undefined. #}
{% macro total_ratio(n, d) -%}
    {{ safe_divide('total_' ~ n, 'total_' ~ d) }}
{%- endmacro %}


{# How much N / D moves, with the sign turned, when a creative is left out; null where nothing of D is left. #}
{% macro left_out(n, d) -%}
    (cast({{ n }} as {{ type_float64() }}) - {{ total_ratio(n, d) }} * cast({{ d }} as {{ type_float64() }}))
    / nullif(cast(total_{{ d }} - {{ d }} as {{ type_float64() }}), 0)
{%- endmacro %}


{# The sum of the squares of what is given in units that are the same in all rows. Exact numbers are added up, to 21
   decimals of a squared unit, because a sum of floats depends on their order. #}
{% macro exact_sum_of_squares(in_units, unit) -%}
    cast(sum(case
        when {{ in_units }} is not null then cast(1e12 * least(power({{ in_units }}, 2), 1e10) as {{ type_money() }})
    end) as {{ type_float64() }}) / 1e12 * max(power({{ unit }}, 2))
{%- endmacro %}
