with

pictures as (

    select * from {{ ref('int_images__pictures') }}

),

bands as (

    {{ hash_bands() }}

),

masks as (

    {{ one_bit_masks() }}

),

comparable as (

    select distinct
        representative_uri as image_uri,
        phash
    from pictures
    where phash is not null

),

-- The mask after the shift drops the sign, which engines shift in differently.
banded as (

    select
        comparable.image_uri,
        comparable.phash,
        bands.band,
        (comparable.phash >> bands.shift) & 65535 as bits
    from comparable
    cross join bands

),

-- Pigeonhole: up to 7 differing bits over four bands leave one band with at most one. So every pair meets
-- where one side's band equals the other's with at most one bit flipped, and no other pairs need looking at.
probes as (

    select
        banded.image_uri,
        banded.phash,
        banded.band,
        banded.bits + case when (banded.bits & masks.mask) = 0 then masks.mask else -masks.mask end as bits
    from banded
    cross join masks

),

final as (

    select distinct
        probes.image_uri,
        banded.image_uri as neighbour_uri,
        {{ bit_count_xor('probes.phash', 'banded.phash') }} as distance
    from probes
    inner join banded
        on
            probes.band = banded.band
            and probes.bits = banded.bits
    where
        probes.image_uri != banded.image_uri
        and {{ bit_count_xor('probes.phash', 'banded.phash') }} <= {{ var('image_theme_max_distance') }}

)

select * from final
