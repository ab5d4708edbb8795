{{ carrier_performance(
    tests=source('jobs', 'approach_tag_tests'),
    carried=ref('int_creatives__tags'),
    marks=['tag'],
    by='version_key',
    suffix='tag',
) }}
