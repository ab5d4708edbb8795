{%- set keys = [
    'image_theme_id', 'leader_uri', 'period_start', 'currency_code', 'aspect_ratio', 'platform', 'placement',
] %}

with

activity as (

    select * from {{ ref('int_contents__activity') }}

),

creative_themes as (

    select * from {{ ref('int_creatives__image_themes') }}

),

creatives as (

    select * from {{ ref('int_creatives__contents') }}

),

cohort_periods as (

    select * from {{ ref('int_cohorts__periods') }}

),

shown as (

    select
        activity.*,
        creative_themes.image_theme_id,
        creative_themes.leader_uri,
        creative_themes.aspect_ratio,
        creatives.placement,
        coalesce(cohort_periods.is_complete, false) as is_complete,
        coalesce(cohort_periods.is_mature, false) as is_mature,
        {{ surrogate_key([
            'creative_themes.image_theme_id',
            'activity.period_start',
            'activity.currency_code',
            'creative_themes.aspect_ratio',
            'activity.platform',
            'creatives.placement',
        ]) }} as image_theme_format_id
    from activity
    inner join creative_themes
        on activity.version_key = creative_themes.version_key
    left join creatives
        on activity.version_key = creatives.version_key
    left join cohort_periods
        on
            activity.cohort_id = cohort_periods.cohort_id
            and activity.period_start = cohort_periods.period_start

),

-- Copies of one ad respond alike: they are one.
contents as (

    select
        image_theme_format_id,
        content_key,
        {{ performance_sums() }}
    from shown
    group by
        image_theme_format_id,
        content_key

),

{{ trait_performance_ctes('contents', ['image_theme_format_id']) }}

-- A creative that was edited and kept its picture is one.
formats as (

    select
        image_theme_format_id,
        {{ keys | join(', ') }},
        count(distinct creative_key) as creatives,
        sum(spend) as spend,
        min(case when is_complete then 1 else 0 end) = 1 as is_complete,
        min(case when is_mature then 1 else 0 end) = 1 as is_mature
    from shown
    group by
        image_theme_format_id,
        {{ keys | join(', ') }}

),

with_shares as (

    select
        *,
        -- Refunds can outweigh what was spent: of that nobody has a share.
        nullif(
            greatest(sum(spend) over (partition by image_theme_id, period_start, currency_code), 0), 0
        ) as spend_of_theme
    from formats

),

final as (

    select
        with_shares.image_theme_format_id,
        {% for key in keys %}
            with_shares.{{ key }},
        {% endfor %}
        with_shares.creatives,
        performed.contents,
        performed.impressions,
        performed.clicks,
        performed.spend,
        {{ safe_divide('with_shares.spend', 'with_shares.spend_of_theme') }} as spend_share,
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
        with_shares.is_complete,
        with_shares.is_mature
    from with_shares
    inner join performed
        on with_shares.image_theme_format_id = performed.image_theme_format_id

)

select * from final
