{# dbt calls these by name; each stands before dbt's own of that name. #}

{# The types of a contract. dbt's own warns of a numeric without parameters, and BigQuery casts to no other. #}
{% macro get_empty_schema_sql(columns) %}
    select
        {% for column in columns.values() %}
        cast(null as {{ column.data_type }}) as {{ column.name }}{{ ',' if not loop.last }}
        {% endfor %}
{% endmacro %}

{# An incremental model is also built anew when its code or a setting that shapes its rows has changed. #}
{% macro should_full_refresh() %}
    {% if config.get('materialized') == 'incremental' and not dbt.should_full_refresh() %}
        {{ return(window_start(model) is none) }}
    {% endif %}
    {{ return(dbt.should_full_refresh()) }}
{% endmacro %}

{# Without introspection, where dbt cannot know whether the table exists: as if it did. In a unit test there is none. #}
{% macro is_incremental() %}
    {% if not execute or model.config.materialized != 'incremental' %}
        {{ return(false) }}
    {% elif not flags.INTROSPECT %}
        {{ return(window_start(model) is not none) }}
    {% endif %}
    {{ return(dbt.is_incremental()) }}
{% endmacro %}

{# Every partition from the first day of the window on is replaced, also one that has no row any more. dbt's static form
   wants the list of partitions before the run, its dynamic form keeps partitions that have vanished from the source. #}
{% macro bq_insert_overwrite_sql(
    tmp_relation, target_relation, sql, unique_key, partition_by, partitions, dest_columns, tmp_relation_exists,
    copy_partitions
) %}
    {% set since = window_start(model) %}
    {% set found = bq_static_select_insert_overwrite_sql(tmp_relation, sql, partition_by, tmp_relation_exists) %}
    {# Nothing is added outside of what is taken away, should another run have moved the window meanwhile. #}
    {% set rows = '(select * from ' ~ found ~ ' as found where ' ~ partition_by.field ~ ' >= ' ~ since ~ ')' %}
    {% set is_replaced = partition_by.render_wrapped(alias='dbt_internal_dest') ~ ' >= ' ~ since %}
    {{ get_insert_overwrite_merge_sql(
        target_relation, rows, dest_columns, [is_replaced], include_sql_header=not tmp_relation_exists
    ) }}
{% endmacro %}

{# A test whose `where` says __replaced_from__ looks at what the last build replaced; the rest was tested before. #}
{% macro get_where_subquery(relation) %}
    {% if '__replaced_from__' not in (config.get('where') or '') %}
        {{ return(dbt.get_where_subquery(relation)) }}
    {% endif %}
    {% set since = replaced_from(relation.identifier) %}
    {% if since is none %}
        {{ return(relation) }}
    {% endif %}
    {% set is_replaced = config.get('where') | replace('__replaced_from__', since) %}
    {{ return('(select * from ' ~ relation ~ ' where ' ~ is_replaced ~ ') as replaced') }}
{% endmacro %}
