{# What is found in the raw tables and in the metrics that are made of them: how grave it is (stop: the run must not go on,
   warn: it is surely a mistake or may cost money, note: it may be right), what it is counted in, and the var that settles
   it. Whoever finds one may call it less grave. docs/bring-your-own-data.md says what each means. #}
{% macro finding_kinds() %}
    {{ return({
        'contradicting_rows': {'level': 'stop', 'unit': 'row', 'setting': 'raw_metrics_grain'},
        'unattributed_spend': {'level': 'stop', 'unit': 'row', 'setting': 'min_attributed_spend_share'},
        'not_a_number': {'level': 'stop', 'unit': 'row', 'setting': 'raw_metrics_columns'},
        'ids_that_lost_digits': {'level': 'stop', 'unit': 'row', 'setting': 'accepted_findings'},
        'days_with_a_zone': {'level': 'stop', 'unit': 'row', 'setting': 'day_time_zone'},
        'not_a_day': {'level': 'stop', 'unit': 'row', 'setting': 'accepted_findings'},
        'unknown_platforms': {'level': 'stop', 'unit': 'row', 'setting': 'platforms'},
        'spend_in_micros': {'level': 'stop', 'unit': 'row', 'setting': 'raw_metrics_columns'},
        'numbers_that_lost_digits': {'level': 'warn', 'unit': 'row', 'setting': none},
        'repeated_rows': {'level': 'warn', 'unit': 'row', 'setting': 'raw_metrics_grain'},
        'equal_rows_added': {'level': 'warn', 'unit': 'row', 'setting': 'raw_metrics_grain'},
        'versions_added': {'level': 'warn', 'unit': 'row', 'setting': none},
        'rows_repeated_under_other_keys': {'level': 'warn', 'unit': 'row', 'setting': none},
        'days_not_at_midnight': {'level': 'warn', 'unit': 'row', 'setting': none},
        'days_in_the_future': {'level': 'warn', 'unit': 'row', 'setting': none},
        'days_before_2000': {'level': 'warn', 'unit': 'row', 'setting': none},
        'implausible_costs': {'level': 'warn', 'unit': 'row', 'setting': 'raw_metrics_columns'},
        'contradicting_creatives': {'level': 'warn', 'unit': 'row', 'setting': 'raw_creatives_columns'},
        'missing_spend': {'level': 'warn', 'unit': 'row', 'setting': 'raw_metrics_columns'},
        'accounts_without_text': {'level': 'warn', 'unit': 'row', 'setting': 'raw_creatives_columns'},
        'clicks_without_impressions': {'level': 'warn', 'unit': 'row', 'setting': none},
        'clicks_above_impressions': {'level': 'warn', 'unit': 'row', 'setting': none},
        'negative_counts': {'level': 'warn', 'unit': 'row', 'setting': none},
        'older_versions': {'level': 'note', 'unit': 'row', 'setting': 'raw_metrics_version'},
        'metrics_without_id': {'level': 'note', 'unit': 'row', 'setting': none},
        'creatives_without_id': {'level': 'note', 'unit': 'creative', 'setting': none},
        'unknown_currency': {'level': 'note', 'unit': 'row', 'setting': 'raw_currency'},
        'negative_spend': {'level': 'note', 'unit': 'row', 'setting': none},
        'negative_conversions': {'level': 'note', 'unit': 'row', 'setting': none},
        'conversions_without_clicks': {'level': 'note', 'unit': 'row', 'setting': none},
        'no_conversions': {'level': 'note', 'unit': 'row', 'setting': none},
        'no_conversions_value': {'level': 'note', 'unit': 'row', 'setting': none},
        'no_reach': {'level': 'note', 'unit': 'row', 'setting': none},
        'creatives_of_several_accounts': {'level': 'note', 'unit': 'creative', 'setting': none},
        'missing_days': {'level': 'note', 'unit': 'day', 'setting': none},
        'missing_periods': {'level': 'note', 'unit': 'day', 'setting': none},
    }) }}
{% endmacro %}

{# Kinds that are counted in the metrics as they are staged. The others are found in the raw tables, or in creatives and
   days. #}
{% macro kinds_counted_in_metrics() %}
    {{ return([
        'negative_spend',
        'negative_conversions',
        'conversions_without_clicks',
        'no_conversions',
        'no_conversions_value',
        'no_reach',
    ]) }}
{% endmacro %}

{# Kinds whose rows count nowhere: their spend is that of the source without that of the marts. #}
{% macro kinds_left_out() %}
    {{ return([
        'contradicting_rows',
        'repeated_rows',
        'older_versions',
        'not_a_day',
        'days_in_the_future',
        'days_before_2000',
    ]) }}
{% endmacro %}

{# Kinds as a list of SQL, each on its line. #}
{% macro listed(kinds) -%}
    '{{ kinds | join("',\n'") }}'
{%- endmacro %}

{# The kinds of metrics as a select. #}
{% macro kinds_of_metrics() %}
    {%- for kind in kinds_counted_in_metrics() %}
    {{ 'union all ' if not loop.first }}select '{{ kind }}' as kind
    {%- endfor %}
{% endmacro %}

{# What findings of a kind are counted in. #}
{% macro unit_of_kind(kind) -%}
    case
        {%- for unit in ['creative', 'day'] %}
        when {{ kind }} in ({% for name, known in finding_kinds().items() if known.unit == unit %}{{ ', ' if not loop.first }}'{{ name }}'{% endfor %})
            then '{{ unit }}'
        {%- endfor %}
        else 'row'
    end
{%- endmacro %}

{# How grave findings of a kind are. #}
{% macro level_of_kind(kind) -%}
    case {{ kind }}
        {%- for name, known in finding_kinds().items() %}
        when '{{ name }}' then '{{ known.level }}'
        {%- endfor %}
    end
{%- endmacro %}

{# The var that settles findings of a kind. #}
{% macro setting_of_kind(kind) -%}
    case {{ kind }}
        {%- for name, known in finding_kinds().items() if known.setting %}
        when '{{ name }}' then '{{ known.setting }}'
        {%- endfor %}
    end
{%- endmacro %}
