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

{% for hash in ['phash', 'dhash'] %}
    {{ hash }}_values as (

        select distinct {{ hash }} as hash_value
        from pictures

    ),

    {{ hash }}_pairs as (

        {{ near_hash_pairs(hash ~ '_values', var('image_theme_max_distance')) }}

    ),

    -- Equal values are near, too.
    {{ hash }}_matches as (

        select
            hash_value,
            near_hash_value
        from {{ hash }}_pairs

        union all

        select
            near_hash_value as hash_value,
            hash_value as near_hash_value
        from {{ hash }}_pairs

        union all

        select
            hash_value,
            hash_value as near_hash_value
        from {{ hash }}_values

    ),
{% endfor %}

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
        flat.dhash,
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
        dhash,
        {{ colour_cell('mean_red') }} as red_cell,
        {{ colour_cell('mean_green') }} as green_cell,
        {{ colour_cell('mean_blue') }} as blue_cell
    from pictures

),

candidates as (

    {% for hash in ['phash', 'dhash'] %}
        select
            detailed.image_uri,
            neighbours.image_uri as neighbour_uri
        from detailed
        inner join {{ hash }}_matches
            on detailed.{{ hash }} = {{ hash }}_matches.hash_value
        inner join detailed as neighbours
            on {{ hash }}_matches.near_hash_value = neighbours.{{ hash }}

        union distinct

    {% endfor %}
    select
        least(flat_cells.image_uri, picture_cells.image_uri) as image_uri,
        greatest(flat_cells.image_uri, picture_cells.image_uri) as neighbour_uri
    from flat_cells
    inner join dhash_matches
        on flat_cells.dhash = dhash_matches.hash_value
    inner join picture_cells
        on
            dhash_matches.near_hash_value = picture_cells.dhash
            and flat_cells.red_cell = picture_cells.red_cell
            and flat_cells.green_cell = picture_cells.green_cell
            and flat_cells.blue_cell = picture_cells.blue_cell

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
    where candidates.image_uri < candidates.neighbour_uri

),

near_duplicates as (

    select *
    from measured
    where {{ is_same_picture('is_flat', 'fine_distance', 'colour_difference') }}

),

final as (

    select
        image_uri,
        neighbour_uri,
        phash_distance,
        dhash_distance,
        fine_distance,
        colour_difference,
        is_flat
    from near_duplicates

    union all

    select
        neighbour_uri as image_uri,
        image_uri as neighbour_uri,
        phash_distance,
        dhash_distance,
        fine_distance,
        colour_difference,
        is_flat
    from near_duplicates

)

select * from final
