{# Refuses raw tables that break the contract of source `raw`, before anything is written. #}
{% macro check_raw_tables() %}
    {# build and seed are about to write the demo tables, so what is there now does not matter. #}
    {% if touches_the_warehouse() and not (var('demo_data') and flags.WHICH in ('build', 'seed')) %}
        {% set table_vars = {'creatives': 'raw_creatives_table', 'creative_daily_metrics': 'raw_metrics_table'} %}
        {% for source in graph.sources.values() if source.source_name == 'raw' %}
            {% do check_raw_table(source, table_vars[source.name]) %}
        {% endfor %}
    {% endif %}
{% endmacro %}

{% macro check_raw_table(source, table_var) %}
    {% set found = existing_columns(source.database, source.schema, source.identifier) %}
    {% if found %}
        {% do check_raw_columns(source, table_var, found) %}
        {% do check_raw_platforms(source) %}
    {% elif not var('demo_data') %}
        {% do exceptions.raise_compiler_error(
            "There is no raw table " ~ source.relation_name ~ ". Vars raw_database, raw_schema and " ~ table_var
            ~ " name it. Correct them, or set demo_data: true to try the demo."
        ) %}
    {% endif %}
{% endmacro %}

{% macro check_raw_columns(source, table_var, found) %}
    {% set spare = found.keys() | reject('in', source.columns.keys() | list) | list %}
    {% for name in source.columns if name not in found %}
        {% set match = closest_name(name, spare) %}
        {% do exceptions.raise_compiler_error(
            "Raw table " ~ source.relation_name ~ " has no column '" ~ name ~ "'"
            ~ (" (did you mean '" ~ match ~ "'?)" if match else "")
            ~ ". Add it (null is fine where you have no such data), or map it in a view and point var " ~ table_var
            ~ " at it. Then run again."
        ) %}
    {% endfor %}
    {% for name in ['account_id', 'campaign_id', 'creative_id'] if found[name].is_float() %}
        {% do exceptions.raise_compiler_error(
            "Column '" ~ name ~ "' of raw table " ~ source.relation_name ~ " is " ~ found[name].dtype ~ ", which loses digits of long ids."
            ~ " Cast it to string or int64 where it is loaded, or in a view that var " ~ table_var ~ " names. Then run again."
        ) %}
    {% endfor %}
{% endmacro %}

{% macro check_raw_platforms(source) %}
    {% set unknown_platforms %}
        select
            coalesce(cast(platform as string), '(null)') as unknown_platform,
            count(*) as row_count
        from {{ source.relation_name }}
        where coalesce(lower({{ clean_id('platform') }}), '') not in ('{{ var('platforms') | map('lower') | join("', '") }}')
        group by unknown_platform
        order by row_count desc, unknown_platform
        limit 5
    {% endset %}
    {% set examples = [] %}
    {% for platform in run_query(unknown_platforms).rows %}
        {% do examples.append("'" ~ platform[0] ~ "' (" ~ platform[1] ~ " rows)") %}
    {% endfor %}
    {% if examples %}
        {% do exceptions.raise_compiler_error(
            "Raw table " ~ source.relation_name ~ " holds platforms that var platforms does not list: " ~ examples | join(', ')
            ~ ". Add them to var platforms, or correct them in the source. Then run again."
        ) %}
    {% endif %}
{% endmacro %}
