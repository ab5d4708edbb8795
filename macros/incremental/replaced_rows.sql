{# The rows of a model that its last build replaced, for tests: the rest was tested before. All rows of a table that is
   built anew each time. #}
{% macro replaced_rows(relation) %}
    {% set since = replaced_from(relation.identifier) %}
    {% if since is none %}
        {{ return(relation) }}
    {% endif %}
    {% set day = graph.nodes['model.creative_approaches.' ~ relation.identifier].config.partition_by.field %}
    {{ return('(select * from ' ~ relation ~ ' where ' ~ day ~ ' >= ' ~ since ~ ') as replaced') }}
{% endmacro %}

{# The first day that the last build of a model replaced, as a date expression; none where it replaced everything. #}
{% macro replaced_from(model_name) %}
    {% if not execute %}
        {{ return(none) }}
    {% endif %}
    {% set node = graph.nodes.get('model.creative_approaches.' ~ model_name) %}
    {% if node is none or node.config.materialized != 'incremental_by_period' %}
        {{ return(none) }}
    {% elif not flags.INTROSPECT %}
        {{ return(none if flags.FULL_REFRESH else "date '2026-01-05'") }}
    {% endif %}
    {{ return(recorded_date(replaced_from_query(model_name))) }}
{% endmacro %}

{% macro replaced_from_query(model_name) %}
    select cast(replaced_from as {{ dbt.type_string() }}) as replaced_from
    from {{ source('builds', 'incremental_builds') }}
    where model = '{{ model_name }}'
{% endmacro %}
