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

-- A cohort without a mature period has its newest one.
newest_periods as (

    select
        activity.cohort_id,
        count(case when cohort_periods.is_mature then 1 end) > 0 as is_mature,
        coalesce(
            max(case when cohort_periods.is_mature then activity.period_start end),
            max(activity.period_start)
        ) as last_period_start
    from activity
    left join cohort_periods
        on
            activity.cohort_id = cohort_periods.cohort_id
            and activity.period_start = cohort_periods.period_start
    group by activity.cohort_id

),

windows as (

    select
        cohort_id,
        is_mature,
        last_period_start,
        {{ add_periods('last_period_start', oldest, var('period_grain')) }} as first_period_start
    from newest_periods

),

-- What began since is tried, although its results do not count yet.
shown as (

    select
        activity.*,
        activity.period_start <= windows.last_period_start as counts
    from activity
    inner join windows
        on
            activity.cohort_id = windows.cohort_id
            and activity.period_start >= windows.first_period_start

),

recent as (

    select * from shown
    where counts

),

shown_contents as (

    select distinct
        cohort_id,
        currency_code,
        content_key
    from shown

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
        shown_contents.cohort_id,
        shown_contents.currency_code,
        traits.attribute,
        traits.value
    from shown_contents
    inner join traits
        on shown_contents.content_key = traits.content_key

),

tried as (

    select distinct
        shown_contents.cohort_id,
        shown_contents.currency_code,
        trait_pairs.attribute,
        trait_pairs.value,
        trait_pairs.other_attribute,
        trait_pairs.other_value
    from shown_contents
    inner join trait_pairs
        on shown_contents.content_key = trait_pairs.content_key

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
        tried.cohort_id is not null as is_tried
    from possible
    left join tried
        on
            possible.cohort_id = tried.cohort_id
            and possible.currency_code = tried.currency_code
            and possible.attribute = tried.attribute
            and possible.value = tried.value
            and possible.other_attribute = tried.other_attribute
            and possible.other_value = tried.other_value
    left join performed
        on
            possible.cohort_id = performed.cohort_id
            and possible.currency_code = performed.currency_code
            and possible.attribute = performed.attribute
            and possible.value = performed.value
            and possible.other_attribute = performed.other_attribute
            and possible.other_value = performed.other_value
    where
        tried.cohort_id is not null
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
        windows.first_period_start,
        windows.last_period_start,
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
        case
            when not crossed.is_tried then 'never_tried'
            else {{ trait_support('crossed.contents', 'crossed.impressions', 'crossed.conversions') }}
        end as support, -- noqa: RF04
        windows.is_mature
    from crossed
    left join creatives_with_pairs
        on
            crossed.cohort_id = creatives_with_pairs.cohort_id
            and crossed.currency_code = creatives_with_pairs.currency_code
            and crossed.attribute = creatives_with_pairs.attribute
            and crossed.value = creatives_with_pairs.value
            and crossed.other_attribute = creatives_with_pairs.other_attribute
            and crossed.other_value = creatives_with_pairs.other_value
    left join cohort_totals
        on
            crossed.cohort_id = cohort_totals.cohort_id
            and crossed.currency_code = cohort_totals.currency_code
    inner join windows
        on crossed.cohort_id = windows.cohort_id
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
