{# The names of the tables and views of a schema, in lower case; none where there is no such schema. #}
{% macro existing_tables(database, schema) %}
    {{ return(adapter.dispatch('existing_tables', 'creative_approaches')(database, schema)) }}
{% endmacro %}
