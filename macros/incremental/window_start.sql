{# The first day that an incremental model replaces in this run, as a date expression; none where it is built anew:
   the first time, with --full-refresh, and when its code or a setting that shapes its rows has changed since.
   Without introspection (dbt compile --no-introspect) any day stands for it, so that the statement can be checked. #}
{% macro window_start(node) %}
    {% set is_refused = node.config.get('full_refresh') is false %}
    {% if not execute or node.config.materialized != 'incremental' or (flags.FULL_REFRESH and not is_refused) %}
        {{ return(none) }}
    {% elif not flags.INTROSPECT %}
        {{ return("date '2026-01-05'") }}
    {% endif %}
    {{ return(recorded_date(window_start_query(node))) }}
{% endmacro %}

{# Days before the lookback are closed. The window opens with a period, so that whole periods are replaced. A day in the
   future is a mistake of the source and must not keep today's rows from being read. #}
{% macro window_start_query(node) %}
    {% set last_day = "least(latest, date '" ~ run_started_at.strftime('%Y-%m-%d') ~ "')" %}
    select cast({{ period_start('first_day', var('period_grain')) }} as {{ dbt.type_string() }}) as window_start
    from (
        select {{ add_periods(last_day, -1 * var('metrics_lookback_days'), 'day') }} as first_day
        from {{ source('builds', 'incremental_builds') }}
        where
            model = '{{ node.name }}'
            and settings = '{{ build_settings(node) }}'
            and latest is not null
    ) as lookback
{% endmacro %}

{# What a model's rows are made by, as one value: its code, the macros and settings in it, and the same of incremental
   parents. #}
{% macro build_settings(node) %}
    {% set made_by = [node.raw_code] + rendered_macros()[node.name] %}
    {% for name in node.config.meta.get('rebuilt_by', []) %}
        {% do made_by.append(name ~ '=' ~ tojson(var(name), sort_keys=true)) %}
    {% endfor %}
    {% for parent in node.depends_on.nodes if parent in graph.nodes and graph.nodes[parent].config.materialized == 'incremental' %}
        {% do made_by.append(build_settings(graph.nodes[parent])) %}
    {% endfor %}
    {{ return(local_md5(made_by | join('\n'))) }}
{% endmacro %}

{# The macros that decide what the rows of each incremental model are, as they render now: another text, other rows. #}
{% macro rendered_macros() %}
    {{ return({
        'stg_raw__creative_daily_metrics': [
            raw_columns('creative_daily_metrics', 'raw', none),
            ad_report_sums('rows'),
            clean_id('text'),
            surrogate_key(['first', 'second']),
        ],
        'int_activity__by_period': [
            cohort_id(),
            period_start('day', var('period_grain')),
        ],
        'int_metrics__issues_by_account': [
            rows_and_spend_where('condition', 'name'),
            period_start('day', var('period_grain')),
        ],
    }) }}
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
