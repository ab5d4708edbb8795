{# Larger numbers are no number of a day of an ad, and the sums of smaller ones fit wherever they are added up. #}
{% macro largest_number() %}
    {{ return('1000000000000000') }}
{% endmacro %}

{# A raw value as a whole number; null where it is none. type_class: see type_class. #}
{% macro raw_count(expression, type_class) -%}
    {{ checked_number(expression, type_class, dbt.type_bigint(), '^-?[0-9]{1,15}([.]0*)?$', true) }}
{%- endmacro %}

{# A raw value as an exact number with nine decimals; null where it is none. #}
{% macro raw_money(expression, type_class) -%}
    {{ checked_number(expression, type_class, type_money(), '^-?[0-9]{1,15}([.][0-9]+)?$', false) }}
{%- endmacro %}

{# The same of a raw value in millionths, exactly. #}
{% macro raw_money_in_micros(expression, type_class) -%}
    cast({{ raw_money(expression, type_class) }} * cast(0.000001 as {{ type_money() }}) as {{ type_money() }})
{%- endmacro %}

{# Text follows one grammar, because the engines read more than that, each in its own way: 1e3, 1_000, a blank. #}
{% macro checked_number(expression, type_class, type, grammar, is_whole) -%}
    {%- if type_class == 'integer' -%}
        case
            when {{ expression }} between -{{ largest_number() }} and {{ largest_number() }}
                then cast({{ expression }} as {{ type }})
        end
    {%- elif type_class in ('decimal', 'float', 'real') -%}
        case
            when
                cast({{ expression }} as {{ type_float64() }}) between -{{ largest_number() }} and {{ largest_number() }}
                {%- if is_whole %}
                and {{ expression }} = floor({{ expression }})
                {%- endif %}
                {#- The shortest text of a 32-bit float is what was written; its binary value adds digits of its own. #}
                then cast({{ dbt.cast(expression, dbt.type_string()) if type_class == 'real' and not is_whole else expression }} as {{ type }})
        end
    {%- else -%}
        case
            when {{ regexp_contains(trimmed(expression), grammar) }}
                then cast({{ cast_or_null(trimmed(expression), type_money()) }} as {{ type }})
        end
    {%- endif %}
{%- endmacro %}
