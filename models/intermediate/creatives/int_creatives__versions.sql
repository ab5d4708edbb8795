with

records as (

    select * from {{ ref('int_creatives__records') }}

),

-- What is known first was shown on all days before.
ordered as (

    select
        *,
        case
            when row_number() over (partition by creative_key order by valid_from, recorded_at) = 1
                then {{ earliest_day() }}
            else valid_from
        end as shown_from,
        first_value(placement) over (
            partition by version_key
            order by valid_from desc, recorded_at desc
        ) as latest_placement
    from records

),

ranked as (

    select
        *,
        row_number() over (partition by creative_key, shown_from order by recorded_at desc) as recency_of_day
    from ordered

),

-- The last record of a day counts for that day.
changed as (

    select
        *,
        lag(version_key) over (partition by creative_key order by shown_from) as previous_version_key
    from ranked
    where recency_of_day = 1

),

final as (

    select
        creative_key,
        version_key,
        format,
        latest_placement as placement,
        shown_from as valid_from,
        coalesce(
            {{ add_periods('lead(shown_from) over versions', -1, 'day') }}, {{ latest_day() }}
        ) as valid_to
    from changed
    where previous_version_key is null or previous_version_key != version_key
    window versions as (partition by creative_key order by shown_from)

)

select * from final
