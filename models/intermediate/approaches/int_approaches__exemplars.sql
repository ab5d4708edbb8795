with

lifetimes as (

    select * from {{ ref('int_approaches__lifetimes') }}

),

members as (

    select * from {{ ref('int_creatives__assigned_to_approaches') }}

),

creatives as (

    select * from {{ ref('int_creatives__contents') }}

),

headlines as (

    select
        members.approach_id,
        creatives.headline,
        min(members.distance_to_centroid) as distance_to_centroid
    from members
    inner join lifetimes
        on
            members.approach_id = lifetimes.approach_id
            and members.period_start = lifetimes.last_active_period_start
    inner join creatives
        on members.version_key = creatives.version_key
    where creatives.headline is not null
    group by
        members.approach_id,
        creatives.headline

),

ranked as (

    select
        *,
        row_number() over (partition by approach_id order by distance_to_centroid, headline) as preference
    from headlines

),

final as (

    select
        approach_id,
        {{ dbt.listagg('headline', "' / '", 'order by preference') }} as exemplars
    from ranked
    where preference <= 3
    group by approach_id

)

select * from final
