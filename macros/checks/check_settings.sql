{# Refuses a setting that is unknown or out of range before anything is read or written. #}
{% macro check_settings() %}
    {% if execute %}
        {% do refuse_unknown_settings(invocation_args_dict.get('vars') or {}) %}
        {% for name, rule in setting_rules().items() %}
            {% do check_setting(name, var(name), rule) %}
        {% endfor %}
    {% endif %}
{% endmacro %}

{# What each setting of the models may be; the jobs check their own. kind: bool, int, number, string, list,
   optional_string, currency or columns; a string or a list may have the options it is taken from, a number its least
   and most; columns have the raw table whose columns they stand for. #}
{% macro setting_rules() %}
    {{ return({
        'demo_data': {'kind': 'bool'},
        'raw_database': {'kind': 'optional_string'},
        'raw_schema': {'kind': 'optional_string'},
        'raw_creatives_table': {'kind': 'string'},
        'raw_metrics_table': {'kind': 'string'},
        'raw_metrics_layout': {'kind': 'string', 'options': raw_layouts() | list},
        'raw_creatives_columns': {'kind': 'columns', 'table': 'creatives'},
        'raw_metrics_columns': {'kind': 'columns', 'table': 'creative_daily_metrics'},
        'raw_currency': {'kind': 'currency'},
        'metrics_lookback_days': {'kind': 'int', 'least': 0},
        'tags_format': {'kind': 'string', 'options': ['delimited', 'array']},
        'tags_delimiter': {'kind': 'string'},
        'platforms': {'kind': 'list'},
        'period_grain': {'kind': 'string', 'options': ['day', 'week', 'month']},
        'cohort_columns': {'kind': 'list', 'options': ['platform', 'account_id', 'campaign_id', 'format', 'placement']},
        'embed_tags': {'kind': 'bool'},
        'closed_after_periods': {'kind': 'optional_int', 'least': 1},
        'stable_from': {'kind': 'number', 'least': 0, 'most': 1},
        'warn_of_faulty_rows_from': {'kind': 'number', 'least': 0, 'most': 1},
        'conversion_lag_days': {'kind': 'int', 'least': 0},
        'trend_max_q': {'kind': 'number', 'least': 0, 'most': 1},
        'trend_min_relative_change': {'kind': 'number', 'least': 0},
        'trend_min_impressions': {'kind': 'int', 'least': 0},
        'trend_min_clicks': {'kind': 'int', 'least': 0},
        'trend_min_conversions': {'kind': 'int', 'least': 0},
        'fatigue_periods': {'kind': 'int', 'least': 3},
        'fatigue_min_decline': {'kind': 'number', 'least': 0},
        'fatigue_min_spend_share': {'kind': 'number', 'least': 0, 'most': 1},
        'image_hash_size': {'kind': 'int', 'least': 4, 'most': 8},
        'image_fine_hash_size': {'kind': 'int', 'least': 8, 'most': 16},
        'image_theme_max_distance': {'kind': 'int', 'least': 0, 'most': 14},
        'image_theme_max_fine_distance': {'kind': 'int', 'least': 0, 'most': 512},
        'place_by_image_theme': {'kind': 'bool'},
        'flat_image_below_quality': {'kind': 'number', 'least': 0, 'most': 1},
        'flat_image_max_fine_distance': {'kind': 'int', 'least': 0, 'most': 512},
        'flat_image_max_colour_difference': {'kind': 'number', 'least': 1, 'most': 255},
        'video_frame_max_distance': {'kind': 'int', 'least': 0, 'most': 90},
        'video_min_matched_share': {'kind': 'number', 'least': 0, 'most': 1},
    }) }}
{% endmacro %}

{% macro check_setting(name, value, rule) %}
    {% set options = rule.get('options', []) %}
    {% set is_allowed = {
        'bool': value is boolean,
        'int': value is integer,
        'optional_int': value is none or value is integer,
        'number': value is number and value is not boolean,
        'string': value is string and value | trim != '' and (not options or value in options),
        'optional_string': value is none or (value is string and value | trim != ''),
        'list': value is sequence and value is not string and value is not mapping and value | length > 0
            and value | select('string') | list | length == value | length
            and value | unique | list | length == value | length
            and (not options or value | reject('in', options) | list | length == 0),
        'currency': value is none or (value is string and modules.re.fullmatch('[A-Za-z]{3}', value) is not none),
        'columns': value is mapping,
    }[rule.kind] %}
    {% if is_allowed and value is not none and rule.kind in ('int', 'optional_int', 'number') %}
        {% set is_allowed = value >= rule.get('least', value) and value <= rule.get('most', value) %}
    {% endif %}
    {% if is_allowed and rule.kind == 'columns' %}
        {% do check_columns(name, value, rule.table) %}
    {% elif is_allowed and breaks_quotes(value | join if rule.kind == 'list' else value | string) %}
        {% set is_allowed = false %}
    {% endif %}
    {% if not is_allowed %}
        {% do exceptions.raise_compiler_error(
            "Var " ~ name ~ " is " ~ quoted(value) ~ ". It must be " ~ allowed_values(rule)
            ~ ". Correct it in --vars or under vars in dbt_project.yml."
        ) %}
    {% endif %}
{% endmacro %}

{# Refuses names of columns that source `raw` does not have, and what cannot stand for one. #}
{% macro check_columns(name, value, table) %}
    {% set known = raw_contract(table) | list %}
    {% for column, source in value.items() %}
        {% set text = source.value if source is mapping and source | list == ['value'] else source %}
        {% set problem = none %}
        {% if column not in known %}
            {% set match = closest_name(column | string, known) %}
            {% set problem = "names '" ~ column ~ "', which is no column of " ~ table ~ "."
                ~ (" Did you mean '" ~ match ~ "'?" if match else "") ~ " The columns are: " ~ known | join(', ') ~ "." %}
        {% elif source is none and column in indispensable_columns() %}
            {% set problem = "has null for " ~ column ~ ", which no row can do without. Name the column that holds it." %}
        {% elif source is not none and (text is not string or text | trim == '' or breaks_quotes(text)) %}
            {% set problem = "has " ~ quoted(source) ~ " for " ~ column ~ ". It must be the name of a column, {value: text} for a"
                ~ " text that all rows share, or null for what you do not have; without quotes and backslashes." %}
        {% endif %}
        {% if problem %}
            {% do exceptions.raise_compiler_error(
                "Var " ~ name ~ " " ~ problem ~ " Correct it in --vars or under vars in dbt_project.yml."
            ) %}
        {% endif %}
    {% endfor %}
{% endmacro %}

{# Strings go into SQL between quotes. #}
{% macro breaks_quotes(text) %}
    {{ return(modules.re.search("['\\\\`\"\n]", text) is not none) }}
{% endmacro %}

{# The values that a rule allows, in words. #}
{% macro allowed_values(rule) %}
    {% set options = rule.get('options', []) | join(', ') %}
    {% if rule.kind == 'bool' %}
        {{ return('true or false') }}
    {% elif rule.kind == 'string' and options %}
        {{ return('one of ' ~ options) }}
    {% elif rule.kind == 'string' %}
        {{ return('a string that is not empty, without quotes and backslashes') }}
    {% elif rule.kind == 'optional_string' %}
        {{ return('null, or a string that is not empty, without quotes and backslashes') }}
    {% elif rule.kind == 'currency' %}
        {{ return('null, or the three letters of an ISO 4217 code, such as EUR') }}
    {% elif rule.kind == 'columns' %}
        {{ return('a mapping from columns of source raw to columns of your table, such as {creative_id: ad_id}') }}
    {% elif rule.kind == 'list' and options %}
        {{ return('a list of one or more different values of ' ~ options) }}
    {% elif rule.kind == 'list' %}
        {{ return('a list of one or more different strings without quotes and backslashes') }}
    {% endif %}
    {% set noun = {'int': 'a whole number', 'optional_int': 'null, or a whole number', 'number': 'a number'}[rule.kind] %}
    {% if 'most' in rule %}
        {{ return(noun ~ ' from ' ~ rule.least ~ ' to ' ~ rule.most) }}
    {% endif %}
    {{ return(noun ~ ', ' ~ rule.least ~ ' or more') }}
{% endmacro %}

{% macro quoted(value) %}
    {{ return("'" ~ value ~ "'" if value is string else tojson(value)) }}
{% endmacro %}
