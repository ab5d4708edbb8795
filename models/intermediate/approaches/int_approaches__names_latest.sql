with

overrides as (

    select * from {{ ref('stg_seeds__approach_overrides') }}

),

approach_names as (

    select * from {{ source('jobs', 'approach_names') }}

),

ranked as (

    select
        *,
        row_number() over (partition by approach_id order by from_period_start desc, name asc) as recency
    from approach_names

),

latest as (

    select
        approach_id,
        name,
        description,
        distinction,
        traits,
        model,
        fallback_reason is not null as is_fallback_name
    from ranked
    where recency = 1

),

renamed as (

    select
        approach_id,
        new_name
    from overrides
    where kind = 'rename'

),

-- What a person says goes before what was generated, and needs no generated name.
final as (

    select
        latest.description,
        latest.distinction,
        latest.traits as name_traits,
        coalesce(renamed.approach_id, latest.approach_id) as approach_id,
        coalesce(renamed.new_name, latest.name) as approach_name,
        case when renamed.approach_id is null then latest.model end as name_model,
        renamed.approach_id is null and latest.is_fallback_name as is_fallback_name
    from latest
    full outer join renamed
        on latest.approach_id = renamed.approach_id

)

select * from final
