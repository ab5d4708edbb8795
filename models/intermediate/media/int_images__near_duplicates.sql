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

flat as (

    select * from pictures
    where is_flat

),

hash_pairs as (

    select * from {{ ref('int_images__hash_pairs') }}

),

-- Colours within the tolerance of each other lie in one cell of twice its width, or in two that adjoin. So a
-- flat image looks into the cells that its tolerance reaches, and cards of another colour are no candidates.
tolerances as (

    select -1 as sign
    union all
    select 1

),

flat_cells as (

    select distinct
        flat.image_uri,
        flat.fine_phash_1,
        flat.fine_phash_2,
        flat.fine_phash_3,
        flat.fine_phash_4,
        {{ colour_cell('flat.mean_red', 'red.sign') }} as red_cell,
        {{ colour_cell('flat.mean_green', 'green.sign') }} as green_cell,
        {{ colour_cell('flat.mean_blue', 'blue.sign') }} as blue_cell
    from flat
    cross join tolerances as red
    cross join tolerances as green
    cross join tolerances as blue

),

picture_cells as (

    select
        image_uri,
        fine_phash_1,
        fine_phash_2,
        fine_phash_3,
        fine_phash_4,
        {{ colour_cell('mean_red') }} as red_cell,
        {{ colour_cell('mean_green') }} as green_cell,
        {{ colour_cell('mean_blue') }} as blue_cell
    from pictures
    where is_nearly_flat

),

candidates as (

    {% for hash in ['phash', 'dhash'] %}
        select
            detailed.image_uri,
            neighbours.image_uri as neighbour_uri
        from detailed
        inner join hash_pairs
            on
                detailed.{{ hash }} = hash_pairs.hash_value
                and hash_pairs.hash_kind = '{{ hash }}'
        inner join detailed as neighbours
            on hash_pairs.near_hash_value = neighbours.{{ hash }}
        where detailed.image_uri < neighbours.image_uri

        union distinct

    {% endfor %}
    {% for word in range(1, 5) %}
        select
            least(flat_cells.image_uri, picture_cells.image_uri) as image_uri,
            greatest(flat_cells.image_uri, picture_cells.image_uri) as neighbour_uri
        from flat_cells
        inner join hash_pairs
            on
                flat_cells.fine_phash_{{ word }} = hash_pairs.hash_value
                and hash_pairs.hash_kind = 'fine_phash_{{ word }}'
        inner join picture_cells
            on
                hash_pairs.near_hash_value = picture_cells.fine_phash_{{ word }}
                and flat_cells.red_cell = picture_cells.red_cell
                and flat_cells.green_cell = picture_cells.green_cell
                and flat_cells.blue_cell = picture_cells.blue_cell
        where flat_cells.image_uri != picture_cells.image_uri

        {% if not loop.last %}union distinct{% endif %}
    {% endfor %}

),

measured as (

    select
        candidates.image_uri,
        candidates.neighbour_uri,
        images.is_flat or neighbours.is_flat as is_flat,
        {{ bit_count_xor('images.phash', 'neighbours.phash') }} as phash_distance,
        {{ bit_count_xor('images.dhash', 'neighbours.dhash') }} as dhash_distance,
        {{ fine_hash_distance('images', 'neighbours') }} as fine_distance,
        {{ colour_difference('images', 'neighbours') }} as colour_difference
    from candidates
    inner join pictures as images
        on candidates.image_uri = images.image_uri
    inner join pictures as neighbours
        on candidates.neighbour_uri = neighbours.image_uri

),

near_duplicates as (

    select *
    from measured
    where {{ is_same_picture('is_flat', 'fine_distance', 'colour_difference') }}

),

directions as (

    select true as is_forward
    union all
    select false

),

final as (

    select
        near_duplicates.phash_distance,
        near_duplicates.dhash_distance,
        near_duplicates.fine_distance,
        near_duplicates.colour_difference,
        near_duplicates.is_flat,
        case when directions.is_forward then near_duplicates.image_uri else near_duplicates.neighbour_uri end
            as image_uri,
        case when directions.is_forward then near_duplicates.neighbour_uri else near_duplicates.image_uri end
            as neighbour_uri
    from near_duplicates
    cross join directions

)

select * from final
