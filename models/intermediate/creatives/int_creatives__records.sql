with

source as (

    select
        *,
        {{ record_hash() }} as record_hash,
        row_number() over (partition by creative_key order by updated_on desc) = 1 as is_newest
    from {{ ref('stg_raw__creatives') }}

),

kept as (

    select
        *,
        {{ record_hash() }} as record_hash,
        min(valid_from) over (partition by creative_key) as first_valid_from,
        row_number() over (
            partition by creative_key
            order by valid_from desc, recorded_at desc
        ) = 1 as is_newest
    from {{ source('jobs', 'creative_records') }}

),

image_hashes as (

    select * from {{ source('jobs', 'image_hashes') }}

),

video_hashes as (

    select * from {{ source('jobs', 'video_hashes') }}

),

-- What was kept is believed. The source adds what came after it, what came before it, and, where its newest
-- version is another one without being dated later, that this is shown from now on.
dated as (

    select
        source.*,
        case
            when kept.creative_key is null then coalesce(source.updated_on, {{ today() }})
            when source.updated_on > kept.valid_from then source.updated_on
            when source.is_newest and source.record_hash != kept.record_hash then {{ today() }}
            when not source.is_newest and source.updated_on < kept.first_valid_from then source.updated_on
        end as valid_from
    from source
    left join kept
        on
            source.creative_key = kept.creative_key
            and kept.is_newest

),

all_records as (

    select
        creative_key,
        creative_id,
        platform,
        account_id,
        headline,
        description,
        tags,
        format,
        placement,
        image_uri,
        video_uri,
        valid_from,
        recorded_at,
        record_hash,
        true as is_kept
    from kept

    union all

    select
        creative_key,
        creative_id,
        platform,
        account_id,
        headline,
        description,
        tags,
        format,
        placement,
        image_uri,
        video_uri,
        valid_from,
        {{ time_of_run() }} as recorded_at,
        record_hash,
        false as is_kept
    from dated
    where valid_from is not null

),

changed as (

    select
        *,
        coalesce(lag(record_hash) over (
            partition by creative_key
            order by valid_from, recorded_at
        ), '') != record_hash as is_change
    from all_records

),

hashed as (

    select
        changed.*,
        case
            when coalesce(changed.headline, changed.description) is not null
                then {{ surrogate_key(['changed.headline', 'changed.description']) }}
        end as wording_hash,
        {{ surrogate_key(['changed.headline', 'changed.description', 'changed.format']) }} as told_hash,
        image_hashes.content_sha256 as image_sha256,
        video_hashes.content_sha256 as video_sha256
    from changed
    left join image_hashes
        on changed.image_uri = image_hashes.image_uri
    left join video_hashes
        on changed.video_uri = video_hashes.video_uri
    where changed.is_change

),

-- An address says nothing. What is not loaded is what was shown before with the same words, or else after.
with_media as (

    select
        *,
        coalesce(
            last_value(image_sha256 ignore nulls) over so_far,
            first_value(image_sha256 ignore nulls) over ever
        ) as shown_image_sha256,
        coalesce(
            last_value(video_sha256 ignore nulls) over so_far,
            first_value(video_sha256 ignore nulls) over ever
        ) as shown_video_sha256
    from hashed
    window
        so_far as (
            partition by creative_key, told_hash
            order by valid_from, recorded_at
            rows between unbounded preceding and current row
        ),
        ever as (
            partition by creative_key, told_hash
            order by valid_from, recorded_at
            rows between unbounded preceding and unbounded following
        )

),

media_hashed as (

    select
        *,
        {{ surrogate_key(['shown_image_sha256', 'shown_video_sha256']) }} as media_hash
    from with_media

),

-- What was shown first with these words has their hash alone: media that are loaded later leave it its key.
content_hashed as (

    select
        *,
        case
            when media_hash = first_value(media_hash) over (
                partition by creative_key, told_hash
                order by recorded_at, valid_from
            ) then told_hash
            else {{ surrogate_key(['told_hash', 'media_hash']) }}
        end as own_content
    from media_hashed

),

-- The first content that was known of a creative has its key, whatever is learned of older ones.
final as (

    select
        creative_key,
        case
            when own_content = first_value(own_content) over (
                partition by creative_key
                order by recorded_at, valid_from
            ) then creative_key
            else {{ surrogate_key(['creative_key', 'own_content']) }}
        end as version_key,
        creative_id,
        platform,
        account_id,
        headline,
        description,
        tags,
        format,
        placement,
        image_uri,
        video_uri,
        valid_from,
        recorded_at,
        wording_hash,
        shown_image_sha256 as image_sha256,
        shown_video_sha256 as video_sha256,
        is_kept
    from content_hashed

)

select * from final
