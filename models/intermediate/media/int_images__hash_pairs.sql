{% set groups = [
    {
        'of': 'detailed',
        'kinds': ['phash', 'dhash'],
        'max_distance': var('image_theme_max_distance'),
    },
    {
        'of': 'nearly_flat',
        'kinds': ['fine_phash_1', 'fine_phash_2', 'fine_phash_3', 'fine_phash_4'],
        'max_distance': image_limits().flat_word_distance,
    },
] %}

with

-- Copies have the same values: whether two pictures with equal hashes are one does not matter here.
pictures as (

    select * from {{ ref('int_images__hashed') }}

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

{% for group in groups %}
    {{ group.of }}_kinds as (

        {{ names_as_rows(group.kinds, 'hash_kind') }}

    ),

    {{ group.of }}_values as (

        select distinct
            kinds.hash_kind,
            {{ hash_of_kind(group.of, group.kinds) }} as hash_value
        from {{ group.of }}
        cross join {{ group.of }}_kinds as kinds

    ),

    {{ group.of }}_pairs as (

        {{ near_hash_pairs(group.of ~ '_values', group.max_distance, by='hash_kind') }}

    ),
{% endfor %}

pairs as (

    {% for group in groups %}
        select
            hash_kind,
            hash_value,
            near_hash_value
        from {{ group.of }}_pairs

        union all

        -- Equal values are near, too.
        select
            hash_kind,
            hash_value,
            cast(null as {{ dbt.type_bigint() }}) as near_hash_value
        from {{ group.of }}_values
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
