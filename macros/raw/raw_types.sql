{# What kind of type each column of the contract has in the raw table, see type_class; as the contract says where the
   catalogue must not be asked. #}
{% macro raw_types(name) %}
    {% set types = {} %}
    {% for column, type in raw_contract(name).items() %}
        {% do types.update({column: type_class(type)}) %}
    {% endfor %}
    {% set found = raw_table_columns(name) %}
    {% for column, source in raw_mapping(name).items() if source is not none %}
        {% set in_table = source if source is string else source.get('micros') %}
        {% if in_table is none %}
            {% do types.update({column: 'text'}) %}
        {% elif in_table | lower in found %}
            {% do types.update({column: type_class(found[in_table | lower].dtype)}) %}
        {% endif %}
    {% endfor %}
    {{ return(types) }}
{% endmacro %}

{# The columns of the raw table by their names in lower case; none where the catalogue must not be asked. #}
{% macro raw_table_columns(name) %}
    {% if not execute or not flags.INTROSPECT or var('demo_data') %}
        {{ return({}) }}
    {% endif %}
    {% set relation = raw_table(name) %}
    {{ return(existing_columns(relation.database, relation.schema, relation.identifier)) }}
{% endmacro %}
