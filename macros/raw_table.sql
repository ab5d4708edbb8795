{# A raw table of the contract, 'creatives' or 'creative_daily_metrics': the demo seed, or your own table. #}
{% macro raw_table(name) %}
    {{ return(ref(name) if var('demo_data') else source('raw', name)) }}
{% endmacro %}
