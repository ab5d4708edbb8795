with

source as (

    select * from {{ ref('creative_traits') }}

),

-- A blank cell is an empty one.
final as (

    select
        lower(trim(attribute)) as attribute,
        lower(trim(value)) as value,
        lower(trim(medium)) as medium,
        nullif(trim(label), '') as label,
        nullif(trim(phrase), '') as phrase,
        nullif(lower(trim(ideas)), '') as ideas,
        nullif(trim(meaning), '') as meaning
    from source

)

select * from final
