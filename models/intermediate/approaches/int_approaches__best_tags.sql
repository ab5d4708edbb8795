with

lifetimes as (

    select * from {{ ref('int_approaches__lifetimes') }}

),

tag_tests as (

    select * from {{ source('jobs', 'approach_tag_tests') }}

),

discriminating as (

    select tag_tests.*
    from tag_tests
    inner join lifetimes
        on
            tag_tests.approach_id = lifetimes.approach_id
            and tag_tests.period_start = lifetimes.last_active_period_start
    where tag_tests.is_discriminating

),

ranked as (

    select
        *,
        row_number() over (
            partition by approach_id
            order by q_value asc, p_value asc, with_tag_inside desc, tag asc
        ) as preference
    from discriminating

),

final as (

    select
        approach_id,
        {{ dbt.listagg('tag', "', '", 'order by preference') }} as discriminating_tags,
        max(case when is_descriptive then 1 else 0 end) = 1 as has_descriptive_tags
    from ranked
    where preference <= 5
    group by approach_id

)

select * from final
