-- Days of which the source holds several versions with different numbers. Staging takes the fullest.
-- Only a warning: that is right for restated days and wrong for rows that should have been added up,
-- and only the owner of the source can tell which.
{{ config(severity='warn') }}
{%- set since = replaced_from('stg_raw__creative_daily_metrics') %}

select
    date_day,
    platform,
    account_id,
    campaign_id,
    creative_id,
    currency_code,
    source_versions
from {{ ref('stg_raw__creative_daily_metrics') }}
where
    source_versions > 1
    and date_day >= {{ since or "date '0001-01-01'" }}
