with

source as (

    select * from {{ ref('approach_overrides') }}

),

-- A blank cell is an empty one.
final as (

    select
        override_number,
        from_period_start,
        lower(trim(kind)) as kind,
        nullif(trim(approach_id), '') as approach_id,
        nullif(trim(new_name), '') as new_name,
        nullif(trim(into_approach_id), '') as into_approach_id,
        nullif(trim(creative_key), '') as creative_key
    from source

)

select * from final
