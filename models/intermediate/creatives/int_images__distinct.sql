with

contents as (

    select * from {{ ref('int_creatives__contents') }}

),

records as (

    select * from {{ ref('int_creatives__records') }}

),

image_hashes as (

    select * from {{ source('jobs', 'image_hashes') }}

),

latest as (

    select
        image_uri,
        min(created_at) as created_at
    from contents
    where image_uri is not null
    group by image_uri

),

-- Whether another picture was shown before with the same words is only known once it was loaded. What was, is
-- not asked for again: addresses that are signed change with every export.
earlier as (

    select
        records.image_uri,
        min(contents.created_at) as created_at
    from records
    inner join contents
        on records.version_key = contents.version_key
    left join latest
        on records.image_uri = latest.image_uri
    left join image_hashes
        on records.image_uri = image_hashes.image_uri
    where
        records.image_uri is not null
        and latest.image_uri is null
        and image_hashes.image_uri is null
    group by records.image_uri

),

final as (

    select
        image_uri,
        created_at,
        true as is_latest
    from latest

    union all

    select
        image_uri,
        created_at,
        false as is_latest
    from earlier

)

select * from final
