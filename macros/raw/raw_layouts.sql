{# The ad reports that var raw_metrics_layout knows: what each has for those columns of the contract that it lacks or
   calls otherwise. The ad is the creative. TikTok's reach is a sum of hours, in which one person counts many times. #}
{% macro raw_layouts() %}
    {{ return({
        'contract': {},
        'ad_reporting': {
            'creative_id': 'ad_id',
            'currency_code': none,
            'reach': none,
        },
        'facebook_ads': {
            'platform': {'value': 'facebook_ads'},
            'creative_id': 'ad_id',
            'currency_code': none,
            'reach': none,
        },
        'google_ads': {
            'platform': {'value': 'google_ads'},
            'creative_id': 'ad_id',
            'reach': none,
        },
        'microsoft_ads': {
            'platform': {'value': 'microsoft_ads'},
            'creative_id': 'ad_id',
            'reach': none,
        },
        'tiktok_ads': {
            'platform': {'value': 'tiktok_ads'},
            'account_id': 'advertiser_id',
            'creative_id': 'ad_id',
            'currency_code': 'currency',
            'conversions': 'conversion',
            'conversions_value': 'total_conversion_value',
            'reach': none,
        },
    }) }}
{% endmacro %}
