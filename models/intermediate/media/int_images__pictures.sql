with

hashed as (

    select * from {{ ref('int_images__hashed') }}

),

-- Copies of one picture are compared once, by the earliest of them. A flat image has 64-bit hashes that match
-- everything: its copies have the fine hashes and the colour in common.
grouped as (

    select
        *,
        case
            when is_flat
                then first_value(content_sha256) over (
                    partition by
                        is_flat,
                        {% for column in fine_hash_columns() %}
                            {{ column }},
                        {% endfor %}
                        cast(round(mean_red) as {{ dbt.type_bigint() }}),
                        cast(round(mean_green) as {{ dbt.type_bigint() }}),
                        cast(round(mean_blue) as {{ dbt.type_bigint() }})
                    order by created_at nulls last, content_sha256
                )
            else first_value(content_sha256) over (
                partition by is_flat, phash, dhash
                order by created_at nulls last, content_sha256
            )
        end as first_sha256
    from hashed

),

-- Equal hashes are not enough: an image that is not the same as the first one with them stands for itself.
final as (

    select
        grouped.content_sha256,
        grouped.created_at,
        grouped.ahash,
        grouped.phash,
        grouped.dhash,
        {% for column in fine_hash_columns() + detail_hash_columns() + tone_columns() + colour_columns() %}
            grouped.{{ column }},
        {% endfor %}
        grouped.mean_red,
        grouped.mean_green,
        grouped.mean_blue,
        grouped.is_flat,
        grouped.is_nearly_flat,
        grouped.is_plain,
        case
            when {{ is_same_picture('grouped', 'firsts') }} then grouped.first_sha256
            else grouped.content_sha256
        end as representative_sha256
    from grouped
    inner join grouped as firsts
        on grouped.first_sha256 = firsts.content_sha256

)

select * from final
