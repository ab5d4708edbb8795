{% set hashes = ['phash', 'dhash'] %}
{% set words = ['fine_phash_1', 'fine_phash_2', 'fine_phash_3', 'fine_phash_4'] %}
{% set no_cell = dbt.cast('0', dbt.type_bigint()) %}

with

pictures as (

    select *
    from {{ ref('int_images__pictures') }}
    where content_sha256 = representative_sha256

),

detailed as (

    select * from pictures
    where not is_flat

),

flat as (

    select * from pictures
    where is_flat

),

nearly_flat as (

    select * from pictures
    where is_nearly_flat

),

hash_pairs as (

    select * from {{ ref('int_images__hash_pairs') }}

),

detailed_kinds as (

    {{ names_as_rows(hashes, 'hash_kind') }}

),

flat_kinds as (

    {{ names_as_rows(words, 'hash_kind') }}

),

-- Colours within the tolerance of each other lie in one cell of twice its width, or in two that adjoin. So a
-- flat image looks into the cells that its tolerance reaches, and cards of another colour are no candidates.
tolerances as (

    select -1 as sign
    union all
    select 1

),

-- What looks for others, by each of its hashes. Where there is detail, colour does not matter.
looking as (

    select
        detailed.content_sha256,
        kinds.hash_kind,
        {{ hash_of_kind('detailed', hashes) }} as hash_value,
        {{ no_cell }} as red_cell,
        {{ no_cell }} as green_cell,
        {{ no_cell }} as blue_cell
    from detailed
    cross join detailed_kinds as kinds

    union distinct

    select
        flat.content_sha256,
        kinds.hash_kind,
        {{ hash_of_kind('flat', words) }} as hash_value,
        {{ colour_cell('flat.mean_red', 'red.sign') }} as red_cell,
        {{ colour_cell('flat.mean_green', 'green.sign') }} as green_cell,
        {{ colour_cell('flat.mean_blue', 'blue.sign') }} as blue_cell
    from flat
    cross join flat_kinds as kinds
    cross join tolerances as red
    cross join tolerances as green
    cross join tolerances as blue

),

-- What can be found.
there as (

    select
        detailed.content_sha256,
        kinds.hash_kind,
        {{ hash_of_kind('detailed', hashes) }} as hash_value,
        {{ no_cell }} as red_cell,
        {{ no_cell }} as green_cell,
        {{ no_cell }} as blue_cell
    from detailed
    cross join detailed_kinds as kinds

    union all

    select
        nearly_flat.content_sha256,
        kinds.hash_kind,
        {{ hash_of_kind('nearly_flat', words) }} as hash_value,
        {{ colour_cell('nearly_flat.mean_red') }} as red_cell,
        {{ colour_cell('nearly_flat.mean_green') }} as green_cell,
        {{ colour_cell('nearly_flat.mean_blue') }} as blue_cell
    from nearly_flat
    cross join flat_kinds as kinds

),

-- The pairs of hashes are read once, because BigQuery works a view out anew wherever it is named.
candidates as (

    select distinct
        least(looking.content_sha256, there.content_sha256) as content_sha256,
        greatest(looking.content_sha256, there.content_sha256) as neighbour_sha256
    from looking
    inner join hash_pairs
        on
            looking.hash_kind = hash_pairs.hash_kind
            and looking.hash_value = hash_pairs.hash_value
    inner join there
        on
            hash_pairs.hash_kind = there.hash_kind
            and hash_pairs.near_hash_value = there.hash_value
            and looking.red_cell = there.red_cell
            and looking.green_cell = there.green_cell
            and looking.blue_cell = there.blue_cell
    where looking.content_sha256 != there.content_sha256

),

near_duplicates as (

    select
        candidates.content_sha256,
        candidates.neighbour_sha256,
        images.is_plain or neighbours.is_plain as is_plain,
        {{ bit_count_xor('images.phash', 'neighbours.phash') }} as phash_distance,
        {{ bit_count_xor('images.dhash', 'neighbours.dhash') }} as dhash_distance,
        {{ fine_hash_distance('images', 'neighbours') }} as fine_distance,
        {{ colour_difference('images', 'neighbours') }} as colour_difference
    from candidates
    inner join pictures as images
        on candidates.content_sha256 = images.content_sha256
    inner join pictures as neighbours
        on candidates.neighbour_sha256 = neighbours.content_sha256
    where {{ is_same_picture('images', 'neighbours') }}

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
        near_duplicates.is_plain,
        case
            when directions.is_forward then near_duplicates.content_sha256
            else near_duplicates.neighbour_sha256
        end as content_sha256,
        case
            when directions.is_forward then near_duplicates.neighbour_sha256
            else near_duplicates.content_sha256
        end as neighbour_sha256
    from near_duplicates
    cross join directions

)

select * from final
