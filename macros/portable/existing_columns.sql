{# The columns of a table or view in the warehouse, by their names in lower case; empty where it does not exist. #}
{% macro existing_columns(database, schema, identifier) %}
    {{ return(adapter.dispatch('existing_columns', 'creative_approaches')(database, schema, identifier)) }}
{% endmacro %}
