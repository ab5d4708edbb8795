{# Makes job tables what this version declares, in place, and says what it did in one message: missing ones are created,
   older ones are migrated, newer and unknown ones are refused before anything changes. A run that is killed, or meets
   another one, leaves tables from which the next run goes on: versions are recorded last, and each statement does only
   what is not done. No query may open a transaction before them: dbt would roll it back after the hooks, and the
   tables with it (see existing_columns). #}
{% macro migrate_job_tables() %}
    {% set plan = job_tables_plan() %}
    {% for statement in plan.statements %}
        {% do run_query(statement) %}
    {% endfor %}
    {% if plan.changes %}
        {% do log('Job tables were brought up to date, with all their rows: ' ~ plan.changes | join('; ') ~ '.', info=true) %}
    {% endif %}
{% endmacro %}

{# statements : what is to be done, in order.  changes : the same for people; empty where no job table was there. #}
{% macro job_tables_plan() %}
    {% set tables = {} %}
    {% set present = [] %}
    {% set statements = [] %}
    {% set changes = [] %}
    {% for table in graph.sources.values()
        if table.package_name == 'creative_approaches' and table.source_name in ['jobs', 'builds'] %}
        {% do tables.update({table.name: table}) %}
    {% endfor %}
    {% for schema, of_schema in tables.values() | groupby('schema') %}
        {% set database = of_schema[0].database %}
        {% set found = existing_tables(database, schema) %}
        {% for table in of_schema if table.identifier | lower in found %}
            {% do present.append(table.name) %}
        {% endfor %}
        {% set is_whole = of_schema | map(attribute='name') | reject('in', present) | list == [] %}
        {# An account that may not make datasets can still use those that are there. #}
        {% if not is_whole and not schema_exists(database, schema) %}
            {% do statements.append(job_schema_ddl(of_schema[0])) %}
        {% endif %}
    {% endfor %}

    {% set histories = {} %}
    {% for name, table in tables.items() if table.source_name == 'jobs' and name != 'table_versions' %}
        {% do histories.update({name: job_table_history_of(table)}) %}
    {% endfor %}
    {% set is_new = histories.keys() | select('in', present) | list == [] %}
    {% set record = tables.table_versions %}
    {% set recorded = recorded_versions(record) if record.name in present else {} %}
    {% set recognised = {} %}
    {% set work = [] %}
    {% for name, table in tables.items() if name not in present and name not in histories %}
        {% do statements.append(job_table_ddl(table)) %}
    {% endfor %}
    {% for name, known in histories.items() %}
        {% set newest = known.versions | length %}
        {% if name not in present %}
            {% if known.first_rows and not is_new %}
                {% do work.append(filled_job_table_ddl(tables[name], with_relations(known.first_rows, tables))) %}
                {% do changes.append(name ~ ' is new, with the rows that older tables give it') %}
            {% else %}
                {% do statements.append(job_table_ddl(tables[name])) %}
                {% do changes.append(name ~ ' is new') %}
            {% endif %}
        {% elif recorded.get(name) != newest %}
            {% set found = existing_columns(tables[name].database, tables[name].schema, tables[name].identifier) %}
            {% set version = recorded.get(name) or recognised_version(tables[name], found.keys() | list, known.versions) %}
            {% if version > newest %}
                {% do refuse_newer_job_table(tables[name], version, newest) %}
            {% endif %}
            {% do recognised.update({name: version}) %}
            {% do work.extend(migration_statements(tables, name, found, version)) %}
            {% if version < newest %}
                {% do changes.append(described_migration(name, known, version)) %}
            {% endif %}
        {% endif %}
    {% endfor %}

    {# What a table was is recorded before it changes: half-way, its columns would be those of no version. #}
    {% set is_older = recognised.keys() | reject('in', recorded) | list != [] %}
    {% if is_older %}
        {% do statements.append(recorded_versions_statement(record, recognised)) %}
    {% endif %}
    {% do statements.extend(work) %}
    {% set newest = {} %}
    {% for name, known in histories.items() if recorded.get(name) != known.versions | length %}
        {% do newest.update({name: known.versions | length}) %}
    {% endfor %}
    {% if newest %}
        {% do statements.append(recorded_versions_statement(record, newest)) %}
    {% endif %}
    {{ return({'statements': statements, 'changes': [] if is_new else changes}) }}
{% endmacro %}

{# What is known of a table's history; of one that never changed, its columns. #}
{% macro job_table_history_of(table) %}
    {% set unchanged = {'versions': [table.columns], 'migrations': [], 'first_rows': ''} %}
    {{ return(job_table_history().get(table.name, unchanged)) }}
{% endmacro %}

{# SQL in which other job tables are named in braces. #}
{% macro with_relations(sql, tables) %}
    {% set named = namespace(sql=sql) %}
    {% for name, table in tables.items() %}
        {% set named.sql = named.sql | replace('{' ~ name ~ '}', table.relation_name) %}
    {% endfor %}
    {{ return(named.sql) }}
{% endmacro %}

{# What the migrations of a table do to its columns, for people. #}
{% macro described_migration(name, known, version) %}
    {% set old, new = known.versions[version - 1], known.versions | last %}
    {% set renamed = {} %}
    {% for migration in known.migrations[version - 1:] %}
        {% do renamed.update(migration.renamed) %}
    {% endfor %}
    {% set changed = {'renamed': [], 'added': [], 'widened': [], 'dropped': []} %}
    {% for from, to in renamed.items() %}
        {% do changed.renamed.append(from ~ ' to ' ~ to) %}
    {% endfor %}
    {% for column, type in new.items() if column not in renamed.values() %}
        {% if column not in old %}
            {% do changed.added.append(column) %}
        {% elif old[column] != type %}
            {% do changed.widened.append(column) %}
        {% endif %}
    {% endfor %}
    {% for column in old if column not in new and column not in renamed %}
        {% do changed.dropped.append(column) %}
    {% endfor %}
    {% set steps = [] %}
    {% for kind, columns in changed.items() if columns %}
        {% do steps.append(kind ~ ' ' ~ columns | join(', ')) %}
    {% endfor %}
    {% set versions = 'schema version ' ~ version ~ ' to ' ~ known.versions | length %}
    {{ return(name ~ ' (' ~ versions ~ ': ' ~ steps | join(', ') ~ ')') }}
{% endmacro %}
