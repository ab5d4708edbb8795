-- What is surely a mistake, or was accepted. Rows that are repeated count once, and are told where they are
-- more of an account and period than var warn_of_faulty_rows_from allows. Only a warning:
-- docs/bring-your-own-data.md says what becomes of each kind. Where rows were counted incrementally, this
-- looks at the periods that were replaced.
{{ config(severity='warn', meta={'says_findings': true}) }}
{%- set since = replaced_from('int_metrics__issues_by_account') %}

select
    kind,
    period_start,
    platform,
    account_id,
    currency_code,
    column_name,
    affected,
    total,
    affected_spend,
    examples,
    setting
from {{ ref('fct_data_quality_issues') }}
where
    level != 'note'
    and (
        kind != 'repeated_rows'
        or affected_share >= {{ var('warn_of_faulty_rows_from') }}
    )
    and period_start >= {{ since or "date '0001-01-01'" }}
