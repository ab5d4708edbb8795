with

creatives as (

    select * from {{ ref('int_creatives__with_content_hash') }}

),

final as (

    select
        video_uri,
        min(created_at) as created_at
    from creatives
    where video_uri is not null
    group by video_uri

)

select * from final
