{%- set keys = ['cohort_id', 'currency_code', 'attribute', 'value', 'other_attribute', 'other_value'] %}
{%- set said = "not in ('" ~ unsaid_traits() | join("', '") ~ "')" %}
{%- set oldest = -(change_lags() | max) %}

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

newest_periods as (

    select
        cohort_id,
        max(period_start) as last_period_start
    from activity
    group by cohort_id

),

windows as (

    select
        cohort_id,
        last_period_start,
        {{ add_periods('last_period_start', oldest, var('period_grain')) }} as first_period_start
    from newest_periods

),

mature_windows as (

    select
        windows.cohort_id,
        windows.first_period_start,
        windows.last_period_start,
        min(case when cohort_periods.is_mature then 1 else 0 end) = 1 as is_mature
    from windows
    left join cohort_periods
        on
            windows.cohort_id = cohort_periods.cohort_id
            and windows.first_period_start <= cohort_periods.period_start
    group by
        windows.cohort_id,
        windows.first_period_start,
        windows.last_period_start

),

recent as (

    select activity.*
    from activity
    inner join windows
        on
            activity.cohort_id = windows.cohort_id
            and activity.period_start >= windows.first_period_start

),

cohort_totals as (

    select
        cohort_id,
        currency_code,
        -- Refunds can outweigh what was spent: of that nobody has a share.
        nullif(greatest(sum(spend), 0), 0) as spend
    from recent
    group by
        cohort_id,
        currency_code

),

-- Copies of one creative respond alike: they are one.
contents as (

    select
        cohort_id,
        currency_code,
        content_key,
        {{ performance_sums() }}
    from recent
    group by
        cohort_id,
        currency_code,
        content_key

),

-- Each two attributes once.
trait_pairs as (

    select
        traits.content_key,
        traits.attribute,
        traits.value,
        other_traits.attribute as other_attribute,
        other_traits.value as other_value
    from traits
    inner join traits as other_traits
        on
            traits.content_key = other_traits.content_key
            and traits.attribute < other_traits.attribute

),

contents_with_pairs as (

    select
        contents.*,
        trait_pairs.attribute,
        trait_pairs.value,
        trait_pairs.other_attribute,
        trait_pairs.other_value
    from contents
    inner join trait_pairs
        on contents.content_key = trait_pairs.content_key

),

{{ trait_performance_ctes('contents_with_pairs', keys) }}

creatives_with_pairs as (

    select
        recent.cohort_id,
        recent.currency_code,
        trait_pairs.attribute,
        trait_pairs.value,
        trait_pairs.other_attribute,
        trait_pairs.other_value,
        count(distinct recent.creative_key) as creatives
    from recent
    inner join trait_pairs
        on recent.content_key = trait_pairs.content_key
    group by
        recent.cohort_id,
        recent.currency_code,
        trait_pairs.attribute,
        trait_pairs.value,
        trait_pairs.other_attribute,
        trait_pairs.other_value

),

shown_traits as (

    select distinct
        contents.cohort_id,
        contents.currency_code,
        traits.attribute,
        traits.value
    from contents
    inner join traits
        on contents.content_key = traits.content_key

),

-- What a cohort could have tried with what it shows: its traits crossed.
possible as (

    select
        shown_traits.cohort_id,
        shown_traits.currency_code,
        shown_traits.attribute,
        shown_traits.value,
        other_traits.attribute as other_attribute,
        other_traits.value as other_value
    from shown_traits
    inner join shown_traits as other_traits
        on
            shown_traits.cohort_id = other_traits.cohort_id
            and shown_traits.currency_code = other_traits.currency_code
            and shown_traits.attribute < other_traits.attribute

),

crossed as (

    select
        possible.*,
        performed.contents,
        performed.impressions,
        performed.clicks,
        performed.spend,
        performed.conversions,
        performed.conversions_value,
        {% for ratio in trait_ratios() %}
            performed.{{ ratio }},
            performed.{{ ratio }}_low,
            performed.{{ ratio }}_high,
        {% endfor %}
        performed.contents is not null as is_tried
    from possible
    left join performed
        on
            possible.cohort_id = performed.cohort_id
            and possible.currency_code = performed.currency_code
            and possible.attribute = performed.attribute
            and possible.value = performed.value
            and possible.other_attribute = performed.other_attribute
            and possible.other_value = performed.other_value
    where
        performed.contents is not null
        or (possible.value {{ said }} and possible.other_value {{ said }})

),

final as (

    select
        {{ surrogate_key([
            'crossed.cohort_id',
            'crossed.currency_code',
            'crossed.attribute',
            'crossed.value',
            'crossed.other_attribute',
            'crossed.other_value',
        ]) }} as trait_pair_id,
        crossed.cohort_id,
        crossed.currency_code,
        mature_windows.first_period_start,
        mature_windows.last_period_start,
        crossed.attribute,
        crossed.value,
        {{ trait_label('crossed.value', 'creative_traits.label') }} as trait_label,
        crossed.other_attribute,
        crossed.other_value,
        {{ trait_label('crossed.other_value', 'other_creative_traits.label') }} as other_trait_label,
        crossed.is_tried,
        coalesce(creatives_with_pairs.creatives, 0) as creatives,
        coalesce(crossed.contents, 0) as contents,
        coalesce(crossed.impressions, 0) as impressions,
        coalesce(crossed.clicks, 0) as clicks,
        cast(coalesce(crossed.spend, 0) as {{ type_money() }}) as spend,
        {{ safe_divide('coalesce(crossed.spend, 0)', 'cohort_totals.spend') }} as spend_share,
        cast(coalesce(crossed.conversions, 0) as {{ type_money() }}) as conversions,
        cast(coalesce(crossed.conversions_value, 0) as {{ type_money() }}) as conversions_value,
        {% for ratio in trait_ratios() %}
            crossed.{{ ratio }},
            crossed.{{ ratio }}_low,
            crossed.{{ ratio }}_high,
        {% endfor %}
        {{ trait_support(
            'crossed.contents', 'crossed.impressions', 'crossed.conversions'
        ) }} as support, -- noqa: RF04
        mature_windows.is_mature
    from crossed
    left join creatives_with_pairs
        on
            crossed.cohort_id = creatives_with_pairs.cohort_id
            and crossed.currency_code = creatives_with_pairs.currency_code
            and crossed.attribute = creatives_with_pairs.attribute
            and crossed.value = creatives_with_pairs.value
            and crossed.other_attribute = creatives_with_pairs.other_attribute
            and crossed.other_value = creatives_with_pairs.other_value
    inner join cohort_totals
        on
            crossed.cohort_id = cohort_totals.cohort_id
            and crossed.currency_code = cohort_totals.currency_code
    inner join mature_windows
        on crossed.cohort_id = mature_windows.cohort_id
    left join creative_traits
        on
            crossed.attribute = creative_traits.attribute
            and crossed.value = creative_traits.value
    left join creative_traits as other_creative_traits
        on
            crossed.other_attribute = other_creative_traits.attribute
            and crossed.other_value = other_creative_traits.value

)

select * from final
