{# The columns of the contract with their types, as source `raw` declares them (a test compares the two): dbt hides its
   graph, which knows them too, from unit tests. #}
{% macro raw_contract(name) %}
    {{ return({
        'creatives': {
            'creative_id': dbt.type_string(),
            'platform': dbt.type_string(),
            'account_id': dbt.type_string(),
            'campaign_id': dbt.type_string(),
            'creative_name': dbt.type_string(),
            'product': dbt.type_string(),
            'headline': dbt.type_string(),
            'description': dbt.type_string(),
            'tags': dbt.type_string(),
            'format': dbt.type_string(),
            'placement': dbt.type_string(),
            'image_uri': dbt.type_string(),
            'video_uri': dbt.type_string(),
            'created_at': dbt.type_timestamp(),
            'updated_at': dbt.type_timestamp(),
        },
        'creative_daily_metrics': {
            'date_day': 'date',
            'platform': dbt.type_string(),
            'account_id': dbt.type_string(),
            'campaign_id': dbt.type_string(),
            'creative_id': dbt.type_string(),
            'currency_code': dbt.type_string(),
            'impressions': dbt.type_bigint(),
            'clicks': dbt.type_bigint(),
            'spend': type_money(),
            'conversions': type_money(),
            'conversions_value': type_money(),
            'reach': dbt.type_bigint(),
        },
    }[name]) }}
{% endmacro %}

{# The columns of the contract that are read where a table has them, and that nobody misses. #}
{% macro optional_columns() %}
    {{ return(['product']) }}
{% endmacro %}

{# The columns of the contract that cannot be null throughout. #}
{% macro indispensable_columns() %}
    {{ return(['date_day', 'platform', 'creative_id']) }}
{% endmacro %}
