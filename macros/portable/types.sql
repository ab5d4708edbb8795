{# Types that the engines have no common word for and dbt has no macro for. Var type_names holds them, because yml files
   need them too and see no macros. #}

{# Exact numbers, 38 digits of which nine are decimals. #}
{% macro type_money() %}
    {{ return(type_name('money')) }}
{% endmacro %}

{# Floats of 64 bits; dbt.type_float has 32 on DuckDB. #}
{% macro type_float64() %}
    {{ return(type_name('float64')) }}
{% endmacro %}

{% macro type_name(type) %}
    {% if target.type not in var('type_names') %}
        {% do exceptions.raise_compiler_error(
            "Macro type_" ~ type ~ " does not know warehouse '" ~ target.type ~ "'. It knows: "
            ~ var('type_names') | join(', ') ~ "."
        ) %}
    {% endif %}
    {{ return(var('type_names')[target.type][type]) }}
{% endmacro %}
