with

source as (

    select * from {{ ref('trait_overrides') }}

),

-- A blank cell is an empty one.
final as (

    select
        override_number,
        nullif(lower(trim(content_hash)), '') as content_hash,
        nullif(lower(trim(attribute)), '') as attribute, -- noqa: RF04
        nullif(lower(trim(value)), '') as value -- noqa: RF04
    from source

)

select * from final
