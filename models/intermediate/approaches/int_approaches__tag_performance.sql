with

tag_tests as (

    select * from {{ source('jobs', 'approach_tag_tests') }}

),

members as (

    select * from {{ ref('int_approaches__creative_periods') }}

),

tags as (

    select * from {{ ref('int_creatives__tags') }}

),

approaches as (

    select
        cohort_id,
        period_start,
        approach_id,
        min(currency_code) as currency_code,
        count(distinct currency_code) as currencies,
        count(distinct creative_key) as creatives,
        sum(impressions) as impressions,
        sum(clicks) as clicks,
        sum(spend) as spend,
        sum(conversions) as conversions
    from members
    group by cohort_id, period_start, approach_id

),

carriers as (

    select
        members.cohort_id,
        members.period_start,
        members.approach_id,
        tags.tag,
        count(distinct members.creative_key) as creatives,
        sum(members.impressions) as impressions,
        sum(members.clicks) as clicks,
        sum(members.spend) as spend,
        sum(members.conversions) as conversions
    from members
    inner join tags
        on members.version_key = tags.version_key
    group by members.cohort_id, members.period_start, members.approach_id, tags.tag

),

-- The rest is the approach less its carriers: pairing every tag with every member would grow too fast.
compared as (

    select
        tag_tests.cohort_id,
        tag_tests.period_start,
        tag_tests.approach_id,
        tag_tests.tag,
        case when approaches.currencies = 1 then approaches.currency_code end as currency_code,
        coalesce(carriers.creatives, 0) as creatives_with_tag,
        coalesce(approaches.creatives, 0) - coalesce(carriers.creatives, 0) as creatives_without_tag,
        coalesce(carriers.impressions, 0) as impressions_with_tag,
        coalesce(approaches.impressions, 0) - coalesce(carriers.impressions, 0) as impressions_without_tag,
        coalesce(carriers.clicks, 0) as clicks_with_tag,
        coalesce(approaches.clicks, 0) - coalesce(carriers.clicks, 0) as clicks_without_tag,
        coalesce(carriers.conversions, 0) as conversions_with_tag,
        coalesce(approaches.conversions, 0) - coalesce(carriers.conversions, 0) as conversions_without_tag,
        -- Amounts in two currencies are never added up.
        case when approaches.currencies = 1 then coalesce(carriers.spend, 0) end as spend_with_tag,
        case
            when approaches.currencies = 1 then approaches.spend - coalesce(carriers.spend, 0)
        end as spend_without_tag
    from tag_tests
    left join approaches
        on
            tag_tests.cohort_id = approaches.cohort_id
            and tag_tests.period_start = approaches.period_start
            and tag_tests.approach_id = approaches.approach_id
    left join carriers
        on
            tag_tests.cohort_id = carriers.cohort_id
            and tag_tests.period_start = carriers.period_start
            and tag_tests.approach_id = carriers.approach_id
            and tag_tests.tag = carriers.tag

),

final as (

    select
        cohort_id,
        period_start,
        approach_id,
        tag,
        creatives_with_tag,
        creatives_without_tag,
        cast(impressions_with_tag as {{ dbt.type_bigint() }}) as impressions_with_tag,
        cast(impressions_without_tag as {{ dbt.type_bigint() }}) as impressions_without_tag,
        {{ safe_divide('clicks_with_tag', 'impressions_with_tag') }} as ctr_with_tag,
        {{ safe_divide('clicks_without_tag', 'impressions_without_tag') }} as ctr_without_tag,
        {{ safe_divide('conversions_with_tag', 'clicks_with_tag') }} as conversion_rate_with_tag,
        {{ safe_divide('conversions_without_tag', 'clicks_without_tag') }} as conversion_rate_without_tag,
        currency_code,
        {{ safe_divide('spend_with_tag', 'conversions_with_tag') }} as cost_per_conversion_with_tag,
        {{ safe_divide('spend_without_tag', 'conversions_without_tag') }} as cost_per_conversion_without_tag
    from compared

)

select * from final
