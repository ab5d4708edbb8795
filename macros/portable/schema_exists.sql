{# Whether a schema is known to exist. #}
{% macro schema_exists(database, schema) %}
    {{ return(adapter.dispatch('schema_exists', 'creative_approaches')(database, schema)) }}
{% endmacro %}
