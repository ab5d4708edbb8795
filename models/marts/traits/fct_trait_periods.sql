{%- set keys = ['cohort_id', 'period_start', 'currency_code', 'attribute', 'value'] %}

with

activity as (

    select * from {{ ref('int_contents__activity') }}

),

traits as (

    select * from {{ ref('int_contents__traits') }}

),

creative_traits as (

    select * from {{ ref('stg_seeds__creative_traits') }}

),

cohort_periods as (

    select * from {{ ref('int_cohorts__periods') }}

),

-- Copies of one creative respond alike: they are one.
contents as (

    select
        cohort_id,
        period_start,
        currency_code,
        content_key,
        {{ performance_sums() }}
    from activity
    group by
        cohort_id,
        period_start,
        currency_code,
        content_key

),

contents_with_traits as (

    select
        contents.*,
        traits.attribute,
        traits.value
    from contents
    inner join traits
        on contents.content_key = traits.content_key

),

{{ trait_performance_ctes('contents_with_traits', keys) }}

-- A creative that was edited may have shown two contents with one trait, and counts once.
creatives_with_traits as (

    select
        activity.cohort_id,
        activity.period_start,
        activity.currency_code,
        traits.attribute,
        traits.value,
        count(distinct activity.creative_key) as creatives
    from activity
    inner join traits
        on activity.content_key = traits.content_key
    group by
        activity.cohort_id,
        activity.period_start,
        activity.currency_code,
        traits.attribute,
        traits.value

),

cohort_totals as (

    select
        cohort_id,
        period_start,
        currency_code,
        count(distinct creative_key) as creatives,
        -- Refunds can outweigh what was spent: of that nobody has a share.
        nullif(greatest(sum(spend), 0), 0) as spend
    from activity
    group by
        cohort_id,
        period_start,
        currency_code

),

final as (

    select
        {{ surrogate_key([
            'performed.cohort_id',
            'performed.period_start',
            'performed.currency_code',
            'performed.attribute',
            'performed.value',
        ]) }} as trait_period_id,
        performed.cohort_id,
        performed.period_start,
        performed.currency_code,
        performed.attribute,
        performed.value,
        {{ trait_label('performed.value', 'creative_traits.label') }} as trait_label,
        creatives_with_traits.creatives,
        {{ safe_divide('creatives_with_traits.creatives', 'cohort_totals.creatives') }} as creative_share,
        performed.contents,
        performed.impressions,
        performed.clicks,
        performed.spend,
        {{ safe_divide('performed.spend', 'cohort_totals.spend') }} as spend_share,
        performed.conversions,
        performed.conversions_value,
        {% for ratio in trait_ratios() %}
            performed.{{ ratio }},
            performed.{{ ratio }}_low,
            performed.{{ ratio }}_high,
        {% endfor %}
        {{ trait_support(
            'performed.contents', 'performed.impressions', 'performed.conversions'
        ) }} as support, -- noqa: RF04
        coalesce(cohort_periods.is_complete, false) as is_complete,
        coalesce(cohort_periods.is_mature, false) as is_mature
    from performed
    inner join creatives_with_traits
        on
            performed.cohort_id = creatives_with_traits.cohort_id
            and performed.period_start = creatives_with_traits.period_start
            and performed.currency_code = creatives_with_traits.currency_code
            and performed.attribute = creatives_with_traits.attribute
            and performed.value = creatives_with_traits.value
    inner join cohort_totals
        on
            performed.cohort_id = cohort_totals.cohort_id
            and performed.period_start = cohort_totals.period_start
            and performed.currency_code = cohort_totals.currency_code
    left join cohort_periods
        on
            performed.cohort_id = cohort_periods.cohort_id
            and performed.period_start = cohort_periods.period_start
    left join creative_traits
        on
            performed.attribute = creative_traits.attribute
            and performed.value = creative_traits.value

)

select * from final
