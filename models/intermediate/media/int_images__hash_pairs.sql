{# Of the fine pHash, one word of four differs by no more than a quarter of what the whole may. #}
{% set max_word_distance = image_limits().flat_fine_distance // 4 %}
{% set kinds = [
    {'column': 'phash', 'of': 'detailed', 'max_distance': var('image_theme_max_distance')},
    {'column': 'dhash', 'of': 'detailed', 'max_distance': var('image_theme_max_distance')},
    {'column': 'fine_phash_1', 'of': 'nearly_flat', 'max_distance': max_word_distance},
    {'column': 'fine_phash_2', 'of': 'nearly_flat', 'max_distance': max_word_distance},
    {'column': 'fine_phash_3', 'of': 'nearly_flat', 'max_distance': max_word_distance},
    {'column': 'fine_phash_4', 'of': 'nearly_flat', 'max_distance': max_word_distance},
] %}

with

pictures as (

    select *
    from {{ ref('int_images__pictures') }}
    where image_uri = representative_uri

),

detailed as (

    select * from pictures
    where not is_flat

),

-- The 64-bit hashes of flat images are near all others, so that their fine hashes find them.
nearly_flat as (

    select * from pictures
    where is_nearly_flat

),

{% for kind in kinds %}
    {{ kind.column }}_values as (

        select distinct {{ kind.column }} as hash_value
        from {{ kind.of }}

    ),

    {{ kind.column }}_pairs as (

        {{ near_hash_pairs(kind.column ~ '_values', kind.max_distance) }}

    ),
{% endfor %}

pairs as (

    {% for kind in kinds %}
        select
            '{{ kind.column }}' as hash_kind,
            hash_value,
            near_hash_value
        from {{ kind.column }}_pairs

        union all

        -- Equal values are near, too.
        select
            '{{ kind.column }}' as hash_kind,
            hash_value,
            cast(null as {{ dbt.type_bigint() }}) as near_hash_value
        from {{ kind.column }}_values
        {% if not loop.last %}union all{% endif %}
    {% endfor %}

),

directions as (

    select true as is_forward
    union all
    select false

),

final as (

    select
        pairs.hash_kind,
        case when directions.is_forward then pairs.hash_value else pairs.near_hash_value end as hash_value,
        case
            when directions.is_forward then coalesce(pairs.near_hash_value, pairs.hash_value)
            else pairs.hash_value
        end as near_hash_value
    from pairs
    cross join directions
    where directions.is_forward or pairs.near_hash_value is not null

)

select * from final
