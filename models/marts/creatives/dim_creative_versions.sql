with

versions as (

    select * from {{ ref('int_creatives__versions') }}

),

contents as (

    select * from {{ ref('int_creatives__contents') }}

),

content_hashes as (

    select * from {{ ref('int_creatives__content_hashes') }}

),

annotations as (

    select * from {{ ref('int_contents__annotations') }}

),

final as (

    select
        {{ surrogate_key(['versions.version_key', 'versions.valid_from']) }} as creative_version_id,
        versions.creative_key,
        versions.version_key,
        content_hashes.content_hash,
        contents.headline,
        contents.description,
        contents.tags,
        contents.format,
        contents.placement,
        contents.image_uri,
        contents.video_uri,
        annotations.traits,
        annotations.approach_phrase,
        nullif(versions.valid_from, {{ earliest_day() }}) as valid_from,
        nullif(versions.valid_to, {{ latest_day() }}) as valid_to
    from versions
    -- Inner joins: what is kept of creatives that are no longer there concerns nobody.
    inner join contents
        on versions.version_key = contents.version_key
    inner join content_hashes
        on versions.version_key = content_hashes.version_key
    left join annotations
        on content_hashes.content_hash = annotations.content_hash

)

select * from final
