-- What seed trait_overrides says is a value of its attribute in seed creative_traits, or unclear.
select
    overrides.override_number,
    overrides.attribute,
    overrides.value
from {{ ref('stg_seeds__trait_overrides') }} as overrides
left join {{ ref('stg_seeds__creative_traits') }} as traits
    on
        overrides.attribute = traits.attribute
        and overrides.value = traits.value
where
    traits.value is null
    and coalesce(overrides.value, '') <> 'unclear'
