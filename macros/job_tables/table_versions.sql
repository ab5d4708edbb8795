{# The schema version that each job table was last known to have, by its name. #}
{% macro recorded_versions(record) %}
    {% set versions = {} %}
    {% for row in run_query(recorded_versions_query(record)).rows %}
        {% do versions.update({row[0]: row[1] | int}) %}
    {% endfor %}
    {{ return(versions) }}
{% endmacro %}

{# Two runs at once may have recorded a table twice. #}
{% macro recorded_versions_query(record) %}
    select
        table_name,
        max(version) as version
    from {{ record.relation_name }}
    group by table_name
{% endmacro %}

{# A version is never recorded in place of a newer one. #}
{% macro recorded_versions_statement(record, versions) %}
    merge into {{ record.relation_name }} as recorded
    using (
        {% for name, version in versions.items() %}
        select '{{ name }}' as table_name, {{ version }} as version{{ ' union all' if not loop.last }}
        {% endfor %}
    ) as found
    on recorded.table_name = found.table_name
    when matched and recorded.version < found.version then update set version = found.version
    when not matched then insert (table_name, version) values (found.table_name, found.version)
{% endmacro %}

{# The schema version of a table that was written before versions were recorded: the last one that has its columns. #}
{% macro recognised_version(table, found, versions) %}
    {% set closest = namespace(version=none, odd=none) %}
    {% for columns in versions %}
        {% set missing = columns.keys() | reject('in', found) | list %}
        {% set unknown = found | reject('in', columns) | list %}
        {% if closest.odd is none or missing | length + unknown | length <= closest.odd | length %}
            {% set closest.version = loop.index %}
            {% set closest.odd = missing + unknown %}
        {% endif %}
    {% endfor %}
    {% if closest.odd %}
        {% do refuse_unknown_job_table(table, found, versions[closest.version - 1]) %}
    {% endif %}
    {{ return(closest.version) }}
{% endmacro %}

{% macro refuse_unknown_job_table(table, found, closest) %}
    {% set odd = [] %}
    {% for column in closest if column not in found %}
        {% do odd.append("column '" ~ column ~ "' is missing") %}
    {% endfor %}
    {% for column in found if column not in closest %}
        {% do odd.append("column '" ~ column ~ "' is unknown") %}
    {% endfor %}
    {% do exceptions.raise_compiler_error(
        "Table " ~ table.schema ~ "." ~ table.identifier ~ " is none that any version of creative approaches wrote: "
        ~ odd | join(', ') ~ ". Nothing was changed. Put its columns right, or rename it and run again: a new one is made."
    ) %}
{% endmacro %}

{% macro refuse_newer_job_table(table, version, newest) %}
    {% do exceptions.raise_compiler_error(
        "Table " ~ table.schema ~ "." ~ table.identifier ~ " has schema version " ~ version ~ ", and this version of "
        ~ "creative approaches knows " ~ newest ~ " at most. Nothing was changed. Use the newer version that migrated it, "
        ~ "or go back to the tables of before: docs/upgrading.md"
    ) %}
{% endmacro %}
