"""Raw tables of accounts in any number: twelve weeks of made creatives, a thousand in each account.

What a creative is depends on its number alone, so that fewer creatives are the first of more.
"""

from typing import Final

SCHEMA: Final = "warehouse"
PER_ACCOUNT: Final = 1000
APPROACHES: Final = 12  # of an account; the creative's name starts with the number of its own
FIRST_DAY: Final = "2026-01-05"  # a Monday
DAYS: Final = 84
VERSIONS: Final = 10  # creatives that show one picture, most of them in a version of their own
FILM_EVERY: Final = 20  # creatives
CUTS: Final = 3  # creatives that show one film, each in a cut of its own
UNRECORDED_EVERY: Final = 500  # creatives, of which one is known from metrics only

_NUMBERED: Final = f"""
create or replace temp table numbered as
select
    i,
    'account ' || lpad((i // {PER_ACCOUNT})::varchar, 4, '0') as account_id,
    'creative ' || lpad(i::varchar, 7, '0') as creative_id,
    (hash(i, 'approach') % {APPROACHES})::int as approach,
    (hash(i, 'first day') % ({DAYS} - 8))::int as first_day,
    (8 + hash(i, 'days') % 15)::int as days,
    hash(i, 'mute') % 10 = 0 as is_mute
from range(?) as numbers (i)
"""

_CREATIVES: Final = f"""
create table {SCHEMA}.creatives as
select
    creative_id,
    'facebook_ads' as platform,
    account_id,
    'campaign ' || approach % 4 as campaign_id,
    'a' || lpad(approach::varchar, 2, '0') || ' ' || i as creative_name,
    case when not is_mute then 'Reason ' || approach || ' to choose us, ' || hash(i, 'headline') % 400 end as headline,
    case
        when is_mute then null
        when approach % 3 = 0 then 'Save 20% today. Free shipping on all orders, why wait?'
        when approach % 3 = 1 then 'Loved by over 9,000 customers. Read all about kind ' || hash(i, 'text') % 50
        else 'The new collection is here. Order now and see kind ' || hash(i, 'text') % 50
    end as description,
    case
        when not is_mute
            then 'angle ' || approach || ',style ' || hash(i, 'style') % 10 || ',offer ' || hash(i, 'offer') % 20
    end as tags,
    case when i % {FILM_EVERY} = 0 then 'video' else 'image' end as format,
    case when hash(i, 'placement') % 2 = 0 then 'feed' else 'stories' end as placement,
    case
        when hash(i, 'image') % 20 > 0
            then 'gs://media/' || i // {VERSIONS} || '/'
                || case when hash(i, 'copy') % 5 = 0 then 0 else i % {VERSIONS} end || '.jpg'
    end as image_uri,
    case
        when i % {FILM_EVERY} = 0
            then 'gs://media/' || i // {FILM_EVERY * CUTS} || '/' || i // {FILM_EVERY} % {CUTS} || '.mp4'
    end as video_uri,
    timestamp '{FIRST_DAY}' + to_days(first_day) as created_at,
    created_at as updated_at
from numbered
where i % {UNRECORDED_EVERY} > 0
"""

# Some rows come twice, some clicks are counted without impressions, a tenth of the accounts pay in two currencies.
_METRICS: Final = f"""
create table {SCHEMA}.creative_daily_metrics as
with shown as (
    select
        *,
        date '{FIRST_DAY}' + day::int as date_day,
        (200 + hash(i, day, 'impressions') % 4000)::bigint as shown
    from numbered
    cross join lateral range(first_day, least(first_day + days, {DAYS})) as active (day)
),

clicked as (
    select
        *,
        case when hash(i, day, 'fault') % 2000 = 0 then 0 else shown end as impressions,
        (shown * (0.01 + approach / 1000 + hash(i, 'rate') % 100 / 10000))::bigint as clicks
    from shown
)

select
    date_day,
    'facebook_ads' as platform,
    account_id,
    'campaign ' || approach % 4 as campaign_id,
    creative_id,
    case when i // {PER_ACCOUNT} % 10 = 3 and i % 2 = 0 then 'USD' else 'EUR' end as currency_code,
    impressions,
    clicks,
    (shown * 0.008)::decimal(18, 2) as spend,
    (clicks * (hash(i, day, 'conversions') % 20) / 100)::bigint::decimal(18, 2) as conversions,
    (conversions * 40)::decimal(18, 2) as conversions_value,
    (impressions * 0.6)::bigint as reach
from clicked
cross join range(2) as versions (version)
where version = 0 or hash(i, day, 'twice') % 200 = 0
"""


def raw_statements() -> tuple[str, ...]:
    """Statements that write the raw tables. The first has one parameter, the number of creatives."""
    return _NUMBERED, f"create schema {SCHEMA}", _CREATIVES, _METRICS
