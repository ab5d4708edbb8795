with

source as (

    select * from {{ ref('creative_traits') }}

),

-- A blank cell is an empty one.
final as (

    select
        lower(trim(attribute)) as attribute, -- noqa: RF04
        lower(trim(value)) as value, -- noqa: RF04
        lower(trim(medium)) as medium,
        nullif(trim(label), '') as label, -- noqa: RF04
        nullif(trim(phrase), '') as phrase,
        nullif(lower(trim(ideas)), '') as ideas,
        nullif(trim(meaning), '') as meaning
    from source

)

select * from final
