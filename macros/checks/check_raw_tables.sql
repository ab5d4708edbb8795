{# Refuses raw tables that break the contract of source `raw` or hold what cannot be believed, before anything is written. #}
{% macro check_raw_tables() %}
    {# build and seed are about to write the demo tables, so what is there now does not matter. #}
    {% if touches_the_warehouse() and not (var('demo_data') and flags.WHICH in ('build', 'seed')) %}
        {% do check_raw_columns_of_tables() %}
        {% if flags.WHICH in ('build', 'run') and not var('demo_data') and not env_var('APPROACHES_CHECKED', '')
            and is_raw_data_read() %}
            {% do stop_on_findings(read_findings(checked_since())) %}
        {% endif %}
    {% endif %}
{% endmacro %}

{# Whether a command builds of the raw metrics: staging, or any model of the first stage where staging is a view. #}
{% macro is_raw_data_read() %}
    {% set staging = graph.nodes['model.creative_approaches.stg_raw__creative_daily_metrics'] %}
    {% for node in graph.nodes.values() if node.resource_type == 'model' and node.unique_id in selected_resources %}
        {% if node.unique_id == staging.unique_id or (staging.config.materialized == 'view' and 'prepare' in node.tags) %}
            {{ return(true) }}
        {% endif %}
    {% endfor %}
    {{ return(false) }}
{% endmacro %}

{% macro check_raw_columns_of_tables() %}
    {% for source in graph.sources.values() if source.source_name == 'raw' %}
        {% do check_raw_table(source) %}
    {% endfor %}
{% endmacro %}

{% macro check_raw_table(source) %}
    {% set found = existing_columns(source.database, source.schema, source.identifier) %}
    {% if found %}
        {% do check_raw_columns(source, found) %}
    {% elif not var('demo_data') %}
        {% do exceptions.raise_compiler_error(
            "There is no raw table " ~ source.relation_name ~ ". Vars raw_database, raw_schema and " ~ raw_vars(source.name).table
            ~ " name it. Correct them, or set demo_data: true to try the demo."
        ) %}
    {% endif %}
{% endmacro %}

{% macro check_raw_columns(source, found) %}
    {% set vars = raw_vars(source.name) %}
    {% set named = {} %}
    {% for column, name in raw_mapping(source.name).items() if name is string or 'micros' in (name or {}) %}
        {% do named.update({column: raw_column_name(source.name, column)}) %}
    {% endfor %}
    {% if source.name == 'creative_daily_metrics' and raw_metrics_grain() == 'versions' %}
        {% do check_version_column(source, found) %}
    {% endif %}
    {% set spare = found.keys() | reject('in', named.values() | map('lower') | list) | list %}
    {% for column, name in named.items() if name | lower not in found %}
        {% set match = closest_name(name, spare) %}
        {# Who names a column has a wrong setting; who names none has another table than the contract wants. #}
        {% set refuse = refuse_setting if column in var(vars.columns) and not var('demo_data') else exceptions.raise_compiler_error %}
        {% do refuse(
            "Raw table " ~ source.relation_name ~ " has no column '" ~ name ~ "'"
            ~ (" (did you mean '" ~ match ~ "'?)" if match else "")
            ~ (" for " ~ column if column != name else "")
            ~ (", as layout " ~ var('raw_metrics_layout') ~ " expects" if is_ad_report(source.name) and column not in var(vars.columns) else "")
            ~ ". Say in var " ~ vars.columns ~ " which of its columns is " ~ column
            ~ (", or null if none is" if column not in indispensable_columns() else "")
            ~ (". If it is an ad report, choose it with var raw_metrics_layout" if 'ad_id' in spare and not is_ad_report(source.name) else "")
            ~ ". If it is the wrong table, correct var " ~ vars.table ~ ". Then run again."
        ) %}
    {% endfor %}
{% endmacro %}

{% macro check_version_column(source, found) %}
    {% set version = var('raw_metrics_version') %}
    {% if version is none or version | lower not in found %}
        {% do refuse_setting(
            ("Var raw_metrics_version is " ~ quoted(version) ~ ", which is no column of raw table " ~ source.relation_name
            if version else "Var raw_metrics_grain is 'versions' and var raw_metrics_version is null")
            ~ ". It must name the column that says which version is the newest. Its columns are: " ~ found | join(', ') ~ "."
        ) %}
    {% endif %}
{% endmacro %}

{# Ends a command because of a setting that only the tables show to be wrong. Its name is the code, see adapters/dbt/project.py. #}
{% macro refuse_setting(message) %}
    {% do exceptions.raise_compiler_error(message) %}
{% endmacro %}
