-- Nothing gets lost before the jobs: by currency, spend of the source = spend in staging + spend of the rows
-- that findings leave out, and spend in staging = spend in the activity of all periods. To the cent.
-- Where staging was built incrementally, this looks at the days that were replaced: whole periods.
{%- set since = replaced_from('stg_raw__creative_daily_metrics') %}

with

source as (

    {{ raw_metrics(raw_types('creative_daily_metrics'), since, without_a_day=true) }}

),

spend_in_all_places as (

    select
        currency_code,
        coalesce(spend, 0) as source_spend,
        0 as left_out_spend,
        0 as staged_spend,
        0 as activity_spend
    from source

    union all

    select
        currency_code,
        0 as source_spend,
        affected_spend as left_out_spend,
        0 as staged_spend,
        0 as activity_spend
    from {{ ref('int_raw__findings') }}
    where
        kind in ({{ listed(kinds_left_out()) }})
        and affected_spend is not null
        and period_start >= {{ since or "date '0001-01-01'" }}

    union all

    select
        currency_code,
        0 as source_spend,
        0 as left_out_spend,
        spend as staged_spend,
        0 as activity_spend
    from {{ ref('stg_raw__creative_daily_metrics') }}
    {% if since is not none %}
    where date_day >= {{ since }}
    {% endif %}

    union all

    select
        currency_code,
        0 as source_spend,
        0 as left_out_spend,
        0 as staged_spend,
        spend as activity_spend
    from {{ ref('int_activity__by_period') }}
    {% if since is not none %}
    where period_start >= {{ since }}
    {% endif %}

),

final as (

    select
        currency_code,
        sum(source_spend) as source_spend,
        sum(left_out_spend) as left_out_spend,
        sum(staged_spend) as staged_spend,
        sum(activity_spend) as activity_spend
    from spend_in_all_places
    group by currency_code

)

select * from final
where
    source_spend != left_out_spend + staged_spend
    or staged_spend != activity_spend
