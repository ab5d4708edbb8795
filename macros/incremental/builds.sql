{# The record of incremental builds, which says what the rows of a table were made by and how far they reach. A model
   calls begin_build before and record_build after it is built. A build that is killed between them is repeated: anew
   where it was anew, from the same day or an earlier one where it was not. #}
{% macro begin_build() %}
    {% if model.config.materialized == 'incremental' %}
        {% set builds = source('builds', 'incremental_builds') %}
        {% if is_incremental() %}
            update {{ builds }} set replaced_from = {{ window_start(model) }} where model = '{{ model.name }}'
        {% else %}
            delete from {{ builds }} where model = '{{ model.name }}'
        {% endif %}
    {% endif %}
{% endmacro %}

{% macro record_build() %}
    {% if model.config.materialized == 'incremental' %}
        {{ record_build_statement(model, this, replaced_from(model.name)) }}
    {% endif %}
{% endmacro %}

{% macro record_build_statement(node, relation, since) %}
    {% set day = node.config.partition_by.field %}
    merge into {{ source('builds', 'incremental_builds') }} as recorded
    using (
        select
            '{{ node.name }}' as model,
            '{{ build_settings(node) }}' as settings,
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

{# The first day that the last build of a model replaced, as a date expression; none where it replaced everything. #}
{% macro replaced_from(model_name) %}
    {% if not execute %}
        {{ return(none) }}
    {% endif %}
    {% set node = graph.nodes.get('model.creative_approaches.' ~ model_name) %}
    {% if node is none or node.config.materialized != 'incremental' %}
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
