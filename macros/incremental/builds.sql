{# The record of incremental builds, which says what the rows of a table were made by and how far they reach. It is
   changed before and after a model is built. A build that is killed between them is repeated: anew where it was anew,
   from the same day or an earlier one where it was not. #}
{% macro begin_build_statement(node, since) %}
    {% set builds = source('builds', 'incremental_builds').render() %}
    {% if since is none %}
        delete from {{ builds }} where model = '{{ node.name }}'
    {% else %}
        update {{ builds }} set replaced_from = {{ since }} where model = '{{ node.name }}'
    {% endif %}
{% endmacro %}

{% macro record_build_statement(node, relation, since) %}
    {% set day = node.config.partition_by.field %}
    merge into {{ source('builds', 'incremental_builds').render() }} as recorded
    using (
        select
            '{{ node.name }}' as model,
            '{{ fingerprint(node) }}' as settings,
            max({{ day }}) as latest
        from {{ relation }}
        {% if since is not none %}
        where {{ day }} >= {{ since }}
        {% endif %}
    ) as built
    on recorded.model = built.model
    when matched then update set latest = coalesce(built.latest, recorded.latest)
    when not matched then insert (model, settings, latest) values (built.model, built.settings, built.latest)
{% endmacro %}

{# The date that a query of incremental_builds finds, as a date expression; none where it finds none. #}
{% macro recorded_date(query) %}
    {% set builds = source('builds', 'incremental_builds') %}
    {% if existing_columns(builds.database, builds.schema, builds.identifier) %}
        {% set rows = run_query(query).rows %}
        {% if rows and rows[0][0] %}
            {{ return("date '" ~ rows[0][0] ~ "'") }}
        {% endif %}
    {% endif %}
    {{ return(none) }}
{% endmacro %}
