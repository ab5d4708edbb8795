with

creatives as (

    select * from {{ ref('int_creatives__deduplicated') }}

),

final as (

    select distinct image_uri
    from creatives
    where image_uri is not null

)

select * from final
