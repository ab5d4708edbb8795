{# dbt run-operation check_raw_data: what the raw tables hold, and what is odd in them, as one line of JSON. Writes nothing.
   full_refresh : whether the run to come reads all metrics again. #}
{% macro check_raw_data(full_refresh=false) %}
    {% if execute %}
        {% do check_settings() %}
        {% do check_raw_columns_of_tables() %}
        {% set since = checked_since(full_refresh) %}
        {% set findings = read_findings(since) %}
        {% do log(tojson({
            'stop': stop_message(findings, full_refresh),
            'findings': findings,
            'accounts': read_raw_accounts(since),
            'scope': {
                'since': since.split("'")[1] if since else none,
                'metrics': raw_table('creative_daily_metrics') | string,
                'creatives': raw_table('creatives') | string,
                'grain': raw_metrics_grain(),
                'day_time_zone': var('day_time_zone'),
            },
        }), info=true) %}
    {% endif %}
{% endmacro %}

{# Where staging is incremental, only the rows that it is about to read: the rest was checked before. #}
{% macro checked_since(full_refresh=false) %}
    {{ return(window_start(graph.nodes['model.creative_approaches.stg_raw__creative_daily_metrics'], full_refresh)) }}
{% endmacro %}

{# The findings of all periods of an account together, the gravest first and of those the ones of unknown spend, as a list of
   mappings. #}
{% macro read_findings(since) %}
    {% set findings = [] %}
    {% for row in run_query(raw_findings_by_account(since)).rows %}
        {% set finding = {} %}
        {% for name, value in row.dict().items() %}
            {% do finding.update({name: value | int if name in ('affected', 'total') and value is not none else value}) %}
        {% endfor %}
        {% set all_examples = finding.pop('all_examples') %}
        {% if all_examples %}
            {% do finding.update({'setting': 'raw_metrics_table: a view with ' ~ cast_to_write(finding, all_examples.split(', '))}) %}
        {% endif %}
        {% do findings.append(finding) %}
    {% endfor %}
    {{ return(findings) }}
{% endmacro %}

{% macro raw_findings_by_account(since=none) -%}
    select
        kind,
        level,
        platform,
        account_id,
        currency_code,
        {{ dbt.cast('first_period', dbt.type_string()) }} as period_start,
        column_name,
        affected,
        total,
        {{ dbt.cast('spend', dbt.type_string()) }} as affected_spend,
        {{ dbt.cast('spend_of_account', dbt.type_string()) }} as total_spend,
        examples,
        all_examples,
        setting
    from (
        select
            kind,
            level,
            platform,
            account_id,
            currency_code,
            min(period_start) as first_period,
            column_name,
            sum(affected) as affected,
            max(account_total) as total,
            sum(affected_spend) as spend,
            max(account_spend) as spend_of_account,
            min(examples) as examples,
            -- What a cast has to read.
            string_agg(case when kind = 'not_a_number' then examples end, ', ') as all_examples,
            min(setting) as setting
        from (
            {{ raw_findings(since) }}
        ) as findings
        group by kind, level, platform, account_id, currency_code, column_name
    ) as by_account
    order by
        case level when 'stop' then 1 when 'warn' then 2 else 3 end,
        case when spend is null and spend_of_account is not null then 1 else 2 end,
        spend desc,
        kind,
        platform,
        account_id,
        currency_code,
        column_name
{%- endmacro %}

{# The SQL that makes numbers of texts, for a view of the user's own; in words where none is sure to. All examples have to be
   written in one way, and one of them must prove which: `1,234` may be a thousand or one and a bit, but for a count. Around a
   number may be its currency, but no letter that multiplies it: 1.5K. Plain numbers, of other accounts, stay as they are. #}
{% macro cast_to_write(finding, examples) %}
    {% set column = finding.column_name %}
    {% set counts = [] %}
    {% for name in raw_counts() %}
        {% do counts.append(raw_column_name('creative_daily_metrics', name)) %}
    {% endfor %}
    {% set more = '' if column in counts else '[.,]' %}
    {% set unit = '(?:[ $€£¥₩₹₺₽]|' ~ modules.re.escape(finding.currency_code) ~ ')*' %}
    {% set casts = [
        (
            "replace(" ~ regexp_replace_all(column, '[.]([0-9]{3}\\b)', '\\1') ~ ", ',', '.')",
            '-?(?:\\d+|\\d{1,3}(?:[.]\\d{3})+)(?:,\\d+)?', ',(?:\\d{1,2}|\\d{4,});|[.]\\d{3}' ~ more
        ),
        (
            "replace(" ~ column ~ ", ',', '')",
            '-?\\d{1,3}(?:,\\d{3})+(?:[.]\\d+)?', ',\\d{3}' ~ more
        ),
        (
            regexp_replace_all(column, '[^0-9.-]', ''),
            unit ~ '-?' ~ unit ~ "(?:\\d+|\\d{1,3}(?:[' ]\\d{3})+)(?:[.](?:\\d{1,2}|\\d{4,}))?" ~ unit, '[^0-9.;-]'
        ),
    ] %}
    {% set written = examples | join(';') ~ ';' %}
    {% for text, form, proof in casts if modules.re.fullmatch('(?:' ~ form ~ ';)+', written) and modules.re.search(proof, written) %}
        {{ return("cast(" ~ text ~ " as " ~ type_money() ~ ") as " ~ column) }}
    {% endfor %}
    {{ return("plain numbers in " ~ column) }}
{% endmacro %}

{# Ends the run where a finding stops it: the gravest one in a line, and a line that says what to do. #}
{% macro stop_on_findings(findings) %}
    {% set message = stop_message(findings) %}
    {% if message %}
        {% do exceptions.raise_compiler_error(message) %}
    {% endif %}
{% endmacro %}

{# What is said when a finding stops a run; none where none does. #}
{% macro stop_message(findings, full_refresh=false) %}
    {% set stops = findings | selectattr('level', 'equalto', 'stop') | list %}
    {% if not stops %}
        {{ return(none) }}
    {% endif %}
    {% set first = stops[0] %}
    {% set others = stops | length - 1 %}
    {{ return(
        first.kind ~ ' in ' ~ (first.column_name or 'the metrics') ~ ' of account ' ~ (first.account_id or '(null)') ~ ' (' ~ first.platform
        ~ '): ' ~ first.affected ~ ' rows'
        ~ (' with ' ~ '{:,.2f}'.format(first.affected_spend | float) ~ ' ' ~ first.currency_code ~ ' of spend' if first.affected_spend else '')
        ~ (' of unknown spend' if first.total_spend and not first.affected_spend else '')
        ~ '.' ~ (' Examples: ' ~ first.examples ~ '.' if first.examples else '')
        ~ (' ' ~ others ~ ' more.' if others else '')
        ~ '\nCorrect the source, or settle it by var ' ~ first.setting ~ '. If you know of it: accepted_findings: {' ~ first.kind ~ ': all}.'
        ~ ' See all: approaches check' ~ (' --full-refresh' if full_refresh or flags.FULL_REFRESH else '')
    ) }}
{% endmacro %}
