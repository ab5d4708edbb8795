{# An odds ratio for readers. Beyond 100, it says how few creatives there are rather than how often they carry the tag. #}
{% macro odds_ratio_label(ratio) -%}
    case
        when {{ ratio }} > 100 then 'over 100'
        when {{ ratio }} < 0.01 then 'under 0.01'
        when {{ ratio }} >= 10 then cast(cast(round({{ ratio }}) as {{ dbt.type_bigint() }}) as {{ dbt.type_string() }})
        when {{ ratio }} >= 1 then {{ _decimals(ratio, 1) }}
        else {{ _decimals(ratio, 2) }}
    end
{%- endmacro %}
