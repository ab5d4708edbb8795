{# A table of days or periods. A run replaces every row from the first day of its window on (see window_start), so that a
   row that has vanished from the source is gone, and leaves what is older alone. Where there is no window the table is
   built anew. A materialization, because dbt-bigquery takes no strategies but its own, and of these one wants the days
   listed before the run and the others keep days that have vanished. #}
{% materialization incremental_by_period, adapter='bigquery' %}
    {% set old = load_cached_relation(this) %}
    {% set table = this.incorporate(type='table') %}
    {% set partition_by = adapter.parse_partition_by(config.get('partition_by')) %}
    {% set grants = config.get('grants') %}
    {% set since = window_start(model) %}

    {{ run_hooks(pre_hooks) }}

    {% call statement('begin_build') %}
        {{ begin_build_statement(model, since) }}
    {% endcall %}
    {% if since is none %}
        {% if old is not none and not (old.is_table and adapter.is_replaceable(old, partition_by, config.get('cluster_by'))) %}
            {% do adapter.drop_relation(old) %}
        {% endif %}
        {% call statement('main') %}
            {{ create_table_as(false, table, compiled_code) }}
        {% endcall %}
    {% else %}
        {% set columns = adapter.get_columns_in_relation(old) | map(attribute='name') | list %}
        {% call statement('main') %}
            {{ replace_since_statement(table, compiled_code, columns, partition_by.field, since) }}
        {% endcall %}
    {% endif %}
    {% call statement('record_build') %}
        {{ record_build_statement(model, table, since) }}
    {% endcall %}

    {{ run_hooks(post_hooks) }}

    {% do apply_grants(table, grants, should_revoke(old, full_refresh_mode=since is none)) %}
    {% do persist_docs(table, model) %}
    {{ return({'relations': [table]}) }}
{% endmaterialization %}

{# One statement, so that a run that is killed leaves the old rows or the new ones. The rows are held to the window, so
   that nothing is added outside of what is taken away, should another run have moved it meanwhile. #}
{% macro replace_since_statement(relation, sql, columns, day, since) %}
    {% set column_list = columns | join(', ') %}
    merge into {{ relation }} as old
    using (
        select * from (
            {{ sql }}
        ) as found
        where {{ day }} >= {{ since }}
    ) as built
    on false
    when not matched by source and old.{{ day }} >= {{ since }} then delete
    when not matched then insert ({{ column_list }}) values ({{ column_list }})
{% endmacro %}
