{# A select of the raw creatives in the columns of the contract, as they are. #}
{% macro raw_creatives() -%}
    {%- set relation = raw_table('creatives') %}
    {%- if execute %}
    {%- set found = raw_table_columns('creatives') %}
    {%- set mapping = raw_mapping('creatives') %}
    select
    {%- for column in raw_contract('creatives') %}
        {%- set is_there = mapping[column] is none and column in optional_columns() and column in found %}
        {{ adapter.quote(found[column].name) if is_there else raw_expression('creatives', column) }} as {{ column }}{{ ',' if not loop.last }}
    {%- endfor %}
    from {{ relation }}
    {%- endif %}
{%- endmacro %}

{# The demo seed, or your own table. #}
{% macro raw_table(name) %}
    {{ return(ref(name) if var('demo_data') else source('raw', name)) }}
{% endmacro %}
