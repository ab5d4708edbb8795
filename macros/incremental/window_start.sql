{# The first day that an incremental model replaces in this run, as a date expression; none where it is built anew: the
   first time, with --full-refresh, and when code or a setting that shapes its rows has changed since.
   full_refresh : whether a run to come has the flag, for an operation, which has none.
   Without introspection (dbt compile --no-introspect) any day stands for it, so that the statement can be checked. #}
{% macro window_start(node, full_refresh=false) %}
    {% set is_refused = node.config.get('full_refresh') is false %}
    {% if not execute or node.config.materialized != 'incremental_by_period' or ((flags.FULL_REFRESH or full_refresh) and not is_refused) %}
        {{ return(none) }}
    {% elif not flags.INTROSPECT %}
        {{ return("date '2026-01-05'") }}
    {% elif adapter.get_relation(node.database, node.schema, node.alias) is none %}
        {{ return(none) }}
    {% endif %}
    {{ return(recorded_date(window_of_another_query(node) if node.config.meta.get('window_of') else window_start_query(node))) }}
{% endmacro %}

{# The window of the last build of the model that meta.window_of names. Rows are few and far between where they tell of
   another model's rows, so that their own days do not say how far that has got. #}
{% macro window_of_another_query(node) %}
    select cast(other.replaced_from as {{ dbt.type_string() }}) as window_start
    from {{ source('builds', 'incremental_builds') }} as other
    cross join {{ source('builds', 'incremental_builds') }} as own
    where
        other.model = '{{ node.config.meta.get('window_of') }}'
        and own.model = '{{ node.name }}'
        and own.settings = '{{ fingerprint(node) }}'
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
            and settings = '{{ fingerprint(node) }}'
            and latest is not null
    ) as lookback
{% endmacro %}
