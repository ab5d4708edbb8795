{# The ratios of traits, and of formats of pictures, that have an interval. #}
{% macro trait_ratios() %}
    {{ return(['ctr', 'conversion_rate', 'cost_per_conversion', 'return_on_spend']) }}
{% endmacro %}


{#
  CTEs with_totals, summed, with_ratios, with_margins and performed: one row per combination of the keys of a CTE whose rows are one
  content each, copies together, with the columns of performance_sums.

  performed has the keys, contents, the sums and ratios, and for each of trait_ratios an interval of 95% with the content as
  the unit, <ratio>_low and <ratio>_high. It is Student's t around the ratio with the spread of ratio_sums. Null where the
  ratio has too little support, rests on one content, or on contents that are all alike.
#}
{% macro trait_performance_ctes(source, keys) %}
{% set measures = [] %}
{% for ratio in trait_ratios() %}
    {% for part in ratio_parts()[ratio] if part not in measures %}
        {% do measures.append(part) %}
    {% endfor %}
{% endfor %}
with_totals as (

    select
        {% for measure in measures %}
        sum({{ measure }}) over (partition by {{ keys | join(', ') }}) as total_{{ measure }},
        {% endfor %}
        *
    from {{ source }}

),

summed as (

    select
        {% for ratio in trait_ratios() %}
        {{ ratio_sums(ratio, *ratio_parts()[ratio]) }},
        {% endfor %}
        {{ keys | join(', ') }},
        count(*) as contents,
        {{ performance_sums() }}
    from with_totals
    group by {{ keys | join(', ') }}

),

with_ratios as (

    select
        *,
        {% for ratio in trait_ratios() %}
        nullif({{ ratio }}_units - 1, 0) as {{ ratio }}_degrees,
        {% endfor %}
        {{ performance_ratios() }}
    from summed

),

with_margins as (

    select
        *,
        {% for ratio in trait_ratios() %}
        {% set support = metric_facts()[ratio].support %}
        case
            when {{ support }} >= {{ minimum_support("'" ~ support ~ "'") }}
                and {{ ratio }}_untestable = 0 and {{ ratio }}_variance > 0
                then {{ t_critical(ratio ~ '_degrees') }} * sqrt({{ ratio }}_variance)
        end as {{ ratio }}_margin{{ ',' if not loop.last }}
        {% endfor %}
    from with_ratios

),

performed as (

    select
        *,
        {% for ratio in trait_ratios() %}
        -- No ratio of numbers that are not negative is below zero. DuckDB's greatest ignores nulls.
        case
            when {{ ratio }}_margin is not null then greatest({{ ratio }} - {{ ratio }}_margin, least({{ ratio }}, 0))
        end as {{ ratio }}_low,
        {{ ratio }} + {{ ratio }}_margin as {{ ratio }}_high{{ ',' if not loop.last }}
        {% endfor %}
    from with_margins

),
{% endmacro %}


{# How far the results of a trait carry: for what there is enough of it. #}
{% macro trait_support(contents, impressions, conversions) -%}
    case
        when coalesce({{ contents }}, 0) < 2 or {{ impressions }} < {{ minimum_support("'impressions'") }} then 'too_little_data'
        when {{ conversions }} < {{ minimum_support("'conversions'") }} then 'enough_for_ctr'
        else 'enough'
    end
{%- endmacro %}


{# What stands for a trait that is not said: in words, and never a trait that was tried. #}
{% macro unsaid_traits() %}
    {{ return({'unclear': 'Unclear', 'unread': 'Not read'}) }}
{% endmacro %}


{# The name of a trait for people, from the seed's label, or from the name of a value that is no longer in the seed. #}
{% macro trait_label(value, label) -%}
    case {{ value }}
        {%- for name, words in unsaid_traits().items() %}
        when '{{ name }}' then '{{ words }}'
        {%- endfor %}
        else coalesce({{ label }}, {{ value }})
    end
{%- endmacro %}
