with

creatives as (

    select * from {{ ref('int_creatives__contents') }}

),

features as (

    select * from {{ ref('int_creatives__features') }}

),

given as (

    {{ split_to_rows('creatives', 'version_key', 'tags', ', ', 'tag') }}

),

derived_lists as (

    select
        version_key,
        case when has_question then 'auto:question,' else '' end
        || case when has_number then 'auto:number,' else '' end
        || case when has_price then 'auto:price,' else '' end
        || case when has_percent then 'auto:percent,' else '' end
        || case when has_date then 'auto:date,' else '' end
        || case when has_occasion then 'auto:occasion,' else '' end
        || case when has_rating then 'auto:rating,' else '' end
        || case when has_user_count then 'auto:user-count,' else '' end
        || case when has_emoji then 'auto:emoji,' else '' end
        || case when {{ is_short_text('text_length') }} then 'auto:short-text,' else '' end
        || case when {{ is_long_text('text_length') }} then 'auto:long-text,' else '' end
        || case when language != 'und' then 'auto:language-' || language else '' end as tags
    from features

),

derived as (

    {{ split_to_rows('derived_lists', 'version_key', 'tags', ',', 'tag') }}

),

labelled as (

    select
        version_key,
        tag,
        'given' as tag_source
    from given

    union all

    select
        version_key,
        tag,
        'derived' as tag_source
    from derived
    where tag != ''

),

final as (

    select
        version_key,
        tag,
        -- A tag that was both given and derived counts as given, which is the later word of the two.
        max(tag_source) as tag_source
    from labelled
    group by version_key, tag

)

select * from final
