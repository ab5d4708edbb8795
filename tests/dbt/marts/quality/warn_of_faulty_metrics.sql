-- Faults of the source in more rows of an account and period than var warn_of_faulty_rows_from allows.
-- Only a warning: such rows stay in the sums, as docs/bring-your-own-data.md says. Contradicting versions
-- have a warning of their own. Where the rows were counted incrementally, this looks at the periods that
-- were replaced.
{{ config(severity='warn') }}
{%- set since = replaced_from('int_metrics__issues_by_account') %}

select
    kind,
    period_start,
    platform,
    account_id,
    currency_code,
    affected,
    total,
    affected_spend
from {{ ref('fct_data_quality_issues') }}
where
    severity = 'fault'
    and kind != 'contradicting_versions'
    and affected_share >= {{ var('warn_of_faulty_rows_from') }}
    and period_start >= {{ since or "date '0001-01-01'" }}
