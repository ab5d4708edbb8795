{# What a raw table has for each column of the contract: the name of a column, {'value': the same text in every row},
   {'micros': the name of a column in millionths} or none. #}
{% macro raw_mapping(name) %}
    {% set mapping = {} %}
    {% for column in raw_contract(name) %}
        {% do mapping.update({column: none if column in optional_columns() else column}) %}
    {% endfor %}
    {% if not var('demo_data') %}
        {% if name == 'creative_daily_metrics' %}
            {% do mapping.update(raw_layouts()[var('raw_metrics_layout')]) %}
        {% endif %}
        {% do mapping.update(var('raw_creatives_columns') if name == 'creatives' else var('raw_metrics_columns')) %}
    {% endif %}
    {{ return(mapping) }}
{% endmacro %}

{# The vars that say which table it is, and which columns. #}
{% macro raw_vars(name) %}
    {{ return({
        'creatives': {'table': 'raw_creatives_table', 'columns': 'raw_creatives_columns'},
        'creative_daily_metrics': {'table': 'raw_metrics_table', 'columns': 'raw_metrics_columns'},
    }[name]) }}
{% endmacro %}

{# Whether a layout of an ad report is read. #}
{% macro is_ad_report(name) %}
    {{ return(name == 'creative_daily_metrics' and not var('demo_data') and var('raw_metrics_layout') != 'contract') }}
{% endmacro %}

{# What a row of the metrics is, see var raw_metrics_grain. #}
{% macro raw_metrics_grain() %}
    {% if var('demo_data') %}
        {{ return('creative_day') }}
    {% endif %}
    {{ return(var('raw_metrics_grain') or ('finer' if is_ad_report('creative_daily_metrics') else 'creative_day')) }}
{% endmacro %}

{# A column of the contract as an expression over the raw table. #}
{% macro raw_expression(name, column) %}
    {% set source = raw_mapping(name)[column] %}
    {% if source is mapping %}
        {% set expression = adapter.quote(source.micros) if 'micros' in source else "'" ~ source.value ~ "'" %}
    {% elif source is not none %}
        {% set expression = adapter.quote(source) %}
    {% elif column == 'tags' and var('tags_format') == 'array' %}
        {# The two warehouses have no common name for the type of an array of strings. #}
        {% set expression = "split(" ~ dbt.cast('null', dbt.type_string()) ~ ", ',')" %}
    {% else %}
        {% set expression = dbt.cast('null', raw_contract(name)[column]) %}
    {% endif %}
    {{ return(expression) }}
{% endmacro %}

{# What the raw table calls a column of the contract. #}
{% macro raw_column_name(name, column) %}
    {% set source = raw_mapping(name)[column] %}
    {% if source is mapping and 'micros' in source %}
        {{ return(source.micros) }}
    {% endif %}
    {{ return(source if source is string else column) }}
{% endmacro %}
