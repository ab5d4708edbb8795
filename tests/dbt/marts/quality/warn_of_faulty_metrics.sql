-- What is surely a mistake, or was accepted: of an account and period, in more rows than var
-- warn_of_faulty_rows_from allows, or whatever leaves spend out. Only a warning:
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
        affected_share >= {{ var('warn_of_faulty_rows_from') }}
        or kind not in ({{ listed(['repeated_rows'] + kinds_counted_in_metrics()) }})
    )
    and period_start >= {{ since or "date '0001-01-01'" }}
