{# The first period of each cohort that may still change: a period is closed once var closed_after_periods newer ones are
   there. `rows` is a relation with cohort_id and period_start, of all cohorts. #}
{% macro first_open_periods(rows) %}
    select
        cohort_id,
        {{ first_open_period(
            last_period('max(period_start)', 'max(max(period_start)) over ()', var('period_grain')),
            var('closed_after_periods'),
            var('period_grain'),
        ) }} as first_open_period
    from {{ rows }}
    group by cohort_id
{% endmacro %}


{# As in core/periods.py: the newest period of all cohorts counts for one that has anything in it. Until then its report may
   just be late, so that the one before counts. #}
{% macro last_period(own, newest, grain) -%}
    greatest({{ own }}, {{ add_periods(newest, -1, grain) }})
{%- endmacro %}


{# As in core/periods.py. #}
{% macro first_open_period(last, closed_after, grain) -%}
    {%- if closed_after is none -%}
        cast('0001-01-01' as date)
    {%- else -%}
        {{ add_periods(last, 1 - closed_after, grain) }}
    {%- endif -%}
{%- endmacro %}
