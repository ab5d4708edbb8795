{#
  Two-sided p of Student's t in three steps, each a column of its own, because each needs the one before several times:

      {{ t_logarithm('t', 'degrees') }} as logarithm
      {{ t_deviate('logarithm', 'degrees') }} as deviate
      {{ two_sided_t_p('t', 'deviate', 'degrees') }} as p_value

  degrees are whole degrees of freedom, 1 or more, or null; t is not negative. The deviate is the normal one of Hill (1970, Algorithm 395,
  Communications of the ACM 13); p is exact for 1 and 2 degrees, off by less than 3e-5 for 3, 3e-6 for 4, 1e-6 above.
#}
{% macro t_logarithm(t, degrees) -%}
    ({{ degrees }} - 0.5) * ln(1 + {{ t }} * {{ t }} / {{ degrees }})
{%- endmacro %}


{% macro t_deviate(logarithm, degrees) -%}
    {%- set b = '48 * power(' ~ degrees ~ ' - 0.5, 2)' %}
    (
        ((((-0.4 * {{ logarithm }} - 3.3) * {{ logarithm }} - 24) * {{ logarithm }} - 85.5)
        / (0.8 * power({{ logarithm }}, 2) + 100 + {{ b }}) + {{ logarithm }} + 3) / ({{ b }}) + 1
    ) * sqrt({{ logarithm }})
{%- endmacro %}


{% macro two_sided_t_p(t, deviate, degrees) -%}
    case {{ degrees }}
        when 1 then 1 - 2 / acos(-1) * atan({{ t }})
        when 2 then 2 / (2 + power({{ t }}, 2)) / (1 + {{ t }} / sqrt(2 + power({{ t }}, 2)))
        else {{ two_sided_normal_p(deviate) }}
    end
{%- endmacro %}


{# Two-sided p of a normal deviate, which is not negative. The complementary error function of Press et al., Numerical
   Recipes, 6.2: off by less than 1.2e-7 of itself. Its terms are added in pairs, which nests expressions less deeply. #}
{% macro two_sided_normal_p(deviate) -%}
    {%- set u = '(1 / (1 + ' ~ deviate ~ ' / sqrt(8)))' %}
    {%- set terms = ['-1.26551223'] %}
    {%- set coefficients = [
        '1.00002368', '0.37409196', '0.09678418', '-0.18628806', '0.27886807', '-1.13520398', '1.48851587', '-0.82215223', '0.17087277'
    ] %}
    {%- for coefficient in coefficients %}
        {%- do terms.append(coefficient ~ ' * power(' ~ u ~ ', ' ~ loop.index ~ ')') %}
    {%- endfor %}
    {%- set pairs = [] %}
    {%- for pair in terms | batch(2) %}
        {%- do pairs.append('(' ~ pair | join(' + ') ~ ')') %}
    {%- endfor %}
    {#- DuckDB's least ignores nulls. #}
    case
        when {{ deviate }} is not null
            then least(1, {{ u }} * exp({{ pairs | join(' + ') }} - power({{ deviate }}, 2) / 2))
    end
{%- endmacro %}


{# The t that 2.5 percent of Student's distribution lie above. A table for 1 and 2 degrees of freedom; above, the expansion
   of Abramowitz and Stegun (1964), 26.7.5: off by less than 0.004, which is 0.12 percent. #}
{% macro t_critical(degrees) -%}
    {%- set v = '(1.0 / ' ~ degrees ~ ')' %}
    case {{ degrees }}
        when 1 then 12.706204736
        when 2 then 4.302652730
        else 1.959963985 + {{ v }} * (2.372271230 + {{ v }} * (2.822498616 + {{ v }} * (2.555849680 + {{ v }} * 1.589534053)))
    end
{%- endmacro %}


{#
  CTEs with_logarithms, with_deviates, tested, ranked and adjusted: the rows of a CTE with the columns t_statistic and degrees,
  plus p_value and q_value, both null where there is no t.

  q is Benjamini and Hochberg's (1995) within each family of tests: the smallest false discovery rate at which a test is
  a discovery. tie_breakers make the order of equal p values the same in every run.
#}
{% macro tested_ctes(source, family, tie_breakers) %}
{% set of_family = 'partition by ' ~ family | join(', ') ~ ', p_value is null' %}
with_logarithms as (

    select
        *,
        {{ t_logarithm('t_statistic', 'degrees') }} as t_logarithm
    from {{ source }}

),

with_deviates as (

    select
        *,
        {{ t_deviate('t_logarithm', 'degrees') }} as t_deviate
    from with_logarithms

),

tested as (

    select
        *,
        {{ two_sided_t_p('t_statistic', 't_deviate', 'degrees') }} as p_value
    from with_deviates

),

ranked as (

    select
        *,
        row_number() over ({{ of_family }} order by p_value, {{ tie_breakers | join(', ') }}) as p_rank,
        count(p_value) over ({{ of_family }}) as tests
    from tested

),

adjusted as (

    select
        *,
        min(p_value * (tests / p_rank)) over (
            {{ of_family }}
            order by p_rank desc
            rows between unbounded preceding and current row
        ) as q_value
    from ranked

),
{% endmacro %}
