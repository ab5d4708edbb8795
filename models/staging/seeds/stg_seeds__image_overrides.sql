with

source as (

    select * from {{ ref('image_overrides') }}

),

-- A blank cell is an empty one.
final as (

    select
        override_number,
        lower(trim(kind)) as kind,
        nullif(trim(image_uri), '') as image_uri,
        nullif(trim(other_image_uri), '') as other_image_uri
    from source

)

select * from final
