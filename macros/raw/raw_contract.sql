{# The columns of the contract with their types, as source `raw` declares them (a test compares the two): dbt hides its
   graph, which knows them too, from unit tests. #}
{% macro raw_contract(name) %}
    {{ return({
        'creatives': {
            'creative_id': 'string',
            'platform': 'string',
            'account_id': 'string',
            'campaign_id': 'string',
            'creative_name': 'string',
            'headline': 'string',
            'description': 'string',
            'tags': 'string',
            'format': 'string',
            'placement': 'string',
            'image_uri': 'string',
            'video_uri': 'string',
            'created_at': 'timestamp',
            'updated_at': 'timestamp',
        },
        'creative_daily_metrics': {
            'date_day': 'date',
            'platform': 'string',
            'account_id': 'string',
            'campaign_id': 'string',
            'creative_id': 'string',
            'currency_code': 'string',
            'impressions': 'int64',
            'clicks': 'int64',
            'spend': 'numeric(38, 9)',
            'conversions': 'numeric(38, 9)',
            'conversions_value': 'numeric(38, 9)',
            'reach': 'int64',
        },
    }[name]) }}
{% endmacro %}

{# The columns of the contract that cannot be null throughout. #}
{% macro indispensable_columns() %}
    {{ return(['date_day', 'platform', 'creative_id']) }}
{% endmacro %}
