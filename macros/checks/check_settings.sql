{# Refuses a setting that is unknown or has a value that it may not have, before anything is read or written. #}
{% macro check_settings() %}
    {% if execute %}
        {% set rules = setting_rules() %}
        {% do refuse_unknown_settings(invocation_args_dict.get('vars') or {}, rules | list) %}
        {% for name, rule in rules.items() %}
            {% do check_setting(name, var(name), rule) %}
        {% endfor %}
        {% do check_columns('raw_creatives_columns', 'creatives') %}
        {% do check_columns('raw_metrics_columns', 'creative_daily_metrics') %}
        {% do check_accepted_findings(var('accepted_findings')) %}
        {% do check_time_zone(var('day_time_zone')) %}
    {% endif %}
{% endmacro %}

{% macro check_setting(name, value, rule) %}
    {% if not is_allowed_value(value, rule) %}
        {% do exceptions.raise_compiler_error(
            "Var " ~ name ~ " is " ~ quoted(value) ~ ". It must be " ~ rule.allowed
            ~ ". Correct it in --vars or under vars in dbt_project.yml."
        ) %}
    {% endif %}
{% endmacro %}

{# rule: see setting_rules. The jobs decide in the same way, by settings/schema.py. #}
{% macro is_allowed_value(value, rule) %}
    {% if value is none %}
        {{ return(rule.get('is_optional', false)) }}
    {% elif rule.kind in ('int', 'number') %}
        {{ return(
            (value is integer or (rule.kind == 'number' and value is float))
            and value >= rule.get('least', value)
            and value <= rule.get('most', value)
            and ('above' not in rule or value > rule.above)
        ) }}
    {% elif rule.kind == 'list' %}
        {{ return(
            value is sequence and value is not string and value is not mapping
            and value | length >= rule.fewest
            and are_allowed_texts(value, rule)
            and value | unique(case_sensitive=true) | list | length == value | length
        ) }}
    {% elif rule.kind == 'string' %}
        {{ return(are_allowed_texts([value], rule)) }}
    {% endif %}
    {{ return({'bool': value is boolean, 'mapping': value is mapping}[rule.kind]) }}
{% endmacro %}

{% macro are_allowed_texts(texts, rule) %}
    {% for text in texts %}
        {% if text is not string
            or (text not in rule.options if 'options' in rule else modules.re.fullmatch(rule.pattern, text) is none) %}
            {{ return(false) }}
        {% endif %}
    {% endfor %}
    {{ return(true) }}
{% endmacro %}

{# Refuses names of columns that source `raw` does not have, and what cannot stand for one. #}
{% macro check_columns(name, table) %}
    {% set known = raw_contract(table) | list %}
    {% for column, source in var(name).items() %}
        {% set keys = ['value', 'micros'] if column in ('spend', 'conversions_value') else ['value'] %}
        {% set text = source.values() | first if source is mapping and source | list | join in keys else source %}
        {% set problem = none %}
        {% if column not in known %}
            {% set match = closest_name(column | string, known) %}
            {% set problem = "names '" ~ column ~ "', which is no column of " ~ table ~ "."
                ~ (" Did you mean '" ~ match ~ "'?" if match else "") ~ " The columns are: " ~ known | join(', ') ~ "." %}
        {% elif source is none and column in indispensable_columns() %}
            {% set problem = "has null for " ~ column ~ ", which no row can do without. Name the column that holds it." %}
        {# As any text that goes into SQL. #}
        {% elif source is not none and not are_allowed_texts([text], setting_rules().raw_creatives_table) %}
            {% set problem = "has " ~ quoted(source) ~ " for " ~ column ~ ". It must be the name of a column, {value: text} for a"
                ~ " text that all rows share" ~ (", {micros: the name of a column} for money in millionths" if 'micros' in keys else "")
                ~ ", or null for what you do not have; without quotes and backslashes." %}
        {% endif %}
        {% if problem %}
            {% do exceptions.raise_compiler_error(
                "Var " ~ name ~ " " ~ problem ~ " Correct it in --vars or under vars in dbt_project.yml."
            ) %}
        {% endif %}
    {% endfor %}
{% endmacro %}

{# Refuses findings that cannot be accepted, because they stop no run. #}
{% macro check_accepted_findings(accepted) %}
    {% set stops = [] %}
    {% for kind, known in finding_kinds().items() if known.level == 'stop' %}
        {% do stops.append(kind) %}
    {% endfor %}
    {% for kind, accounts in accepted.items() %}
        {% set problem = none %}
        {% if kind not in stops %}
            {% set match = closest_name(kind | string, stops) %}
            {% set problem = "names '" ~ kind ~ "', which is no finding that stops a run."
                ~ (" Did you mean '" ~ match ~ "'?" if match else "") ~ " These do: " ~ stops | join(', ') ~ "." %}
        {% elif accounts != 'all'
            and (accounts is string or accounts is mapping or accounts is not sequence
                or not are_allowed_texts(accounts, setting_rules().raw_creatives_table)) %}
            {% set problem = "has " ~ quoted(accounts) ~ " for " ~ kind ~ ". It must be all, or a list of account ids as strings." %}
        {% endif %}
        {% if problem %}
            {% do exceptions.raise_compiler_error(
                "Var accepted_findings " ~ problem ~ " Correct it in --vars or under vars in dbt_project.yml."
            ) %}
        {% endif %}
    {% endfor %}
{% endmacro %}

{% macro check_time_zone(zone) %}
    {% if zone is not none and zone not in modules.pytz.all_timezones %}
        {% set match = closest_name(zone, modules.pytz.all_timezones) %}
        {% do exceptions.raise_compiler_error(
            "Var day_time_zone is '" ~ zone ~ "', which is no time zone." ~ (" Did you mean '" ~ match ~ "'?" if match else "")
            ~ " Correct it in --vars or under vars in dbt_project.yml."
        ) %}
    {% endif %}
{% endmacro %}

{% macro quoted(value) %}
    {{ return("'" ~ value ~ "'" if value is string else tojson(value)) }}
{% endmacro %}
