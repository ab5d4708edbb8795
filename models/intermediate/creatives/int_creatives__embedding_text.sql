with

creatives as (

    select * from {{ ref('int_creatives__contents') }}

),

parts as (

    select
        version_key,
        headline,
        description,
        {{ 'tags' if var('embed_tags') else dbt.cast('null', dbt.type_string()) }} as embedded_tags,
        format,
        placement
    from creatives

),

joined as (

    select
        version_key,
        case
            -- A format or a placement alone says nothing about the approach.
            when
                {{ (var('embed_source') != 'traits') | lower }}
                and coalesce(headline, description, embedded_tags) is not null
                then array_to_string([headline, description, embedded_tags, format, placement], ' | ')
        end as embedding_text
    from parts

),

final as (

    select
        version_key,
        embedding_text,
        {{ dbt.hash('embedding_text') }} as text_hash,
        embedding_text is not null and {{ var('embed_tags') | lower }} as tags_embedded
    from joined

)

select * from final
