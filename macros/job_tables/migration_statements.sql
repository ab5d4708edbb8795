{# Statements that bring a job table from one schema version to the newest: only what its columns say is not done yet.
   tables : those of the sources, by name.  found : its columns now, see existing_columns. #}
{% macro migration_statements(tables, name, found, version) %}
    {% set known = job_table_history_of(tables[name]) %}
    {% set relation = tables[name].relation_name %}
    {% set columns = found.keys() | list %}
    {% set statements = [] %}
    {% for migration in known.migrations[version - 1:] %}
        {% set after = known.versions[version + loop.index0] %}
        {# Columns go last: where one is gone, the rest of its migration is done, and values cannot be made from it. #}
        {% set is_made = migration.dropped | reject('in', columns) | list != [] %}
        {% set steps = {'rename': [], 'add': [], 'widen': [], 'drop': []} %}
        {% for from, to in migration.renamed.items() if from in columns and to not in columns %}
            {% do steps.rename.append(rename_column(from, to)) %}
            {% do columns.remove(from) %}
            {% do columns.append(to) %}
        {% endfor %}
        {% for column in migration.added if column not in columns %}
            {% do steps.add.append('add column if not exists ' ~ column ~ ' ' ~ job_column_type(after[column])) %}
            {% do columns.append(column) %}
        {% endfor %}
        {% for column in migration.widened if not has_type(found.get(column), job_column_type(after[column])) %}
            {% do steps.widen.append('alter column ' ~ column ~ ' set data type ' ~ job_column_type(after[column])) %}
        {% endfor %}
        {% for column in migration.dropped if column in columns %}
            {% do steps.drop.append('drop column if exists ' ~ column) %}
            {% do columns.remove(column) %}
        {% endfor %}
        {% do statements.extend(alter_table(relation, steps.rename) + alter_table(relation, steps.add)) %}
        {% if migration['values'] and not is_made %}
            {% do statements.append(with_relations(fill_columns(relation, migration['values']), tables)) %}
        {% endif %}
        {% do statements.extend(alter_table(relation, steps.widen) + alter_table(relation, steps.drop)) %}
    {% endfor %}
    {{ return(statements) }}
{% endmacro %}

{# Statement that gives columns their values in the rows that have none. #}
{% macro fill_columns(relation, expressions) %}
    update {{ relation }} as old
    set
        {% for column, expression in expressions.items() %}
        {{ column }} = coalesce(old.{{ column }}, {{ expression }}){{ ',' if not loop.last }}
        {% endfor %}
    where {{ expressions.keys() | join(' is null or ') }} is null
{% endmacro %}

{# What the warehouse calls a type of the history. #}
{% macro job_column_type(type) %}
    {{ return(type_name(type) if type in ['float64', 'vector', 'money', 'numbers', 'bytes'] else type) }}
{% endmacro %}

{% macro has_type(column, type) %}
    {{ return(column is not none and column.data_type | lower | replace(' ', '') == type | lower | replace(' ', '')) }}
{% endmacro %}
