{{ carrier_performance(
    tests=source('jobs', 'approach_trait_tests'),
    carried=ref('int_contents__traits'),
    marks=['attribute', 'value'],
    by='content_key',
    suffix='trait',
) }}
