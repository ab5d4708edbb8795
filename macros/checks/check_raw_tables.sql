{# Refuses raw tables that break the contract of source `raw`, before anything is written. #}
{% macro check_raw_tables() %}
    {# build and seed are about to write the demo tables, so what is there now does not matter. #}
    {% if touches_the_warehouse() and not (var('demo_data') and flags.WHICH in ('build', 'seed')) %}
        {% for source in graph.sources.values() if source.source_name == 'raw' %}
            {% do check_raw_table(source) %}
        {% endfor %}
    {% endif %}
{% endmacro %}

{% macro check_raw_table(source) %}
    {% set found = existing_columns(source.database, source.schema, source.identifier) %}
    {% if found %}
        {% do check_raw_columns(source, found) %}
        {% do check_raw_platforms(source) %}
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
    {% for column, name in raw_mapping(source.name).items() if name is string %}
        {% do named.update({column: name}) %}
    {% endfor %}
    {% set spare = found.keys() | reject('in', named.values() | map('lower') | list) | list %}
    {% for column, name in named.items() if name | lower not in found %}
        {% set match = closest_name(name, spare) %}
        {% do exceptions.raise_compiler_error(
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
    {% for column in ['account_id', 'campaign_id', 'creative_id'] if column in named and found[named[column] | lower].is_float() %}
        {% set name = named[column] %}
        {% do exceptions.raise_compiler_error(
            "Column '" ~ name ~ "' of raw table " ~ source.relation_name ~ " is " ~ found[name | lower].dtype ~ ", which loses digits of long ids."
            ~ " Cast it to string or int64 where it is loaded, or in a view that var " ~ vars.table ~ " names. Then run again."
        ) %}
    {% endfor %}
{% endmacro %}

{# Where staging is incremental, only the rows that it is about to read: the rest was checked before. #}
{% macro check_raw_platforms(source) %}
    {% set staging = graph.nodes['model.creative_approaches.stg_raw__creative_daily_metrics'] %}
    {% set since = window_start(staging) if source.name == 'creative_daily_metrics' else none %}
    {% set examples = [] %}
    {% for platform in run_query(unknown_platforms(source.name, source.relation_name, since)).rows %}
        {% do examples.append("'" ~ platform[0] ~ "' (" ~ platform[1] ~ " rows)") %}
    {% endfor %}
    {% if examples %}
        {% do exceptions.raise_compiler_error(
            "Raw table " ~ source.relation_name ~ " holds platforms that var platforms does not list: " ~ examples | join(', ')
            ~ ". Add them to var platforms, or correct them in the source. Then run again."
        ) %}
    {% endif %}
{% endmacro %}

{# A query of the five most frequent platforms that var platforms does not list. #}
{% macro unknown_platforms(name, relation, since=none) -%}
    {%- set platform = raw_expression(name, 'platform') -%}
    select
        coalesce(cast({{ platform }} as {{ dbt.type_string() }}), '(null)') as unknown_platform,
        count(*) as row_count
    from {{ relation }}
    where
        coalesce(lower({{ clean_id(platform) }}), '') not in ('{{ var('platforms') | map('lower') | join("', '") }}')
        {%- if since is not none %}
        and {{ is_raw_day_since(since) }}
        {%- endif %}
    group by unknown_platform
    order by row_count desc, unknown_platform
    limit 5
{%- endmacro %}
