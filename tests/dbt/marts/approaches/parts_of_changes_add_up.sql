-- What its creatives did, shifts between them, those that came and those that left are all of a change.
with

final as (

    select
        approach_id,
        period_start,
        currency_code,
        metric,
        periods_back,
        delta,
        own_change + reallocation_change + entered_change + left_change as parts
    from {{ ref('fct_approach_changes') }}

)

select * from final
where
    abs(delta - parts) > 1e-9 * greatest(abs(delta), 1)
    or (delta is null) != (parts is null)
