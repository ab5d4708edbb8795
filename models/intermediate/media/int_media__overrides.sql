with

overrides as (

    select * from {{ ref('stg_seeds__image_overrides') }}

),

-- An address that nothing shows any more still says which bytes were there.
addresses as (

    select * from {{ ref('int_media__addresses') }}

),

final as (

    select
        overrides.override_number,
        overrides.kind,
        addresses.content_sha256,
        other_addresses.content_sha256 as other_sha256
    from overrides
    left join addresses
        on overrides.image_uri = addresses.media_uri
    left join addresses as other_addresses
        on overrides.other_image_uri = other_addresses.media_uri

)

select * from final
