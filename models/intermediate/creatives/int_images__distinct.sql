with

creatives as (

    select * from {{ ref('int_creatives__with_content_hash') }}

),

final as (

    select
        image_uri,
        min(created_at) as created_at
    from creatives
    where image_uri is not null
    group by image_uri

)

select * from final
