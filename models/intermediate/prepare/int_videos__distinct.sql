with

creatives as (

    select * from {{ ref('int_creatives__deduplicated') }}

),

final as (

    select distinct video_uri
    from creatives
    where video_uri is not null

)

select * from final
