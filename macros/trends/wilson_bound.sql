{# One end of the 95 % interval of a share (Wilson 1927, "Probable inference, the law of succession, and statistical
   inference"). sign: '-' for the lower end, '+' for the upper one. Null without trials. #}
{% macro wilson_bound(successes, trials, sign) -%}
    {%- set z = 1.959964 -%}
    {%- set share = safe_divide(successes, trials) -%}
    {%- set n = 'nullif(cast(' ~ trials ~ ' as ' ~ type_float64() ~ '), 0)' -%}
    (
        {{ share }} + {{ z * z / 2 }} / {{ n }}
        {{ sign }} {{ z }} * sqrt({{ share }} * (1 - {{ share }}) / {{ n }} + {{ z * z / 4 }} / ({{ n }} * {{ n }}))
    ) / (1 + {{ z * z }} / {{ n }})
{%- endmacro %}
