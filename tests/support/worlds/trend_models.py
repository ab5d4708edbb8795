"""The models of changes, trends and fatigue on simulated metrics, without the jobs that would find the approaches."""

import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import duckdb

from creative_approaches.tables import APPROACH_TAG_TESTS
from tests.support.workspace import Workspace, make_workspace
from tests.support.worlds.simulated_metrics import SimulatedMetrics

MODELS: Final = (
    "int_activity__by_period",
    "int_metrics__issues_by_account",
    "int_cohorts__periods",
    "int_contents__activity",
    "int_approaches__creative_periods",
    "int_approaches__periods",
    "int_approaches__metric_values",
    "int_approaches__change_sums",
    "int_approaches__changes",
    "int_approaches__metric_trends",
    "int_approaches__fatigue",
    "fct_approach_changes",
    "fct_approach_trends",
    "fct_approach_fatigue",
)

# What the models ref besides, empty where it has no part in figures.
_STAGED = """
create schema approaches_jobs;
create schema approaches_staging;
create schema approaches_intermediate;
create schema approaches_raw;
create table approaches_staging.stg_raw__creative_daily_metrics (
    date_day date, creative_key varchar, creative_id varchar, platform varchar, account_id varchar, campaign_id varchar,
    currency_code varchar, impressions bigint, clicks bigint, spend decimal(38, 9), conversions decimal(38, 9),
    conversions_value decimal(38, 9), reach bigint
);
create table approaches_intermediate.int_raw__findings (
    kind varchar, level varchar, period_start date, platform varchar, account_id varchar, currency_code varchar,
    column_name varchar, affected bigint, total bigint, affected_spend decimal(38, 9), examples varchar, setting varchar
);
create table approaches_intermediate.int_creatives__versions (
    creative_key varchar, version_key varchar, format varchar, placement varchar, valid_from date, valid_to date
);
create table approaches_intermediate.int_creatives__content_hashes (version_key varchar, content_hash varchar);
create table approaches_intermediate.int_creatives__assigned_to_approaches (
    cohort_id varchar, period_start date, version_key varchar, creative_key varchar, approach_id varchar,
    assignment_status varchar
);
create table approaches_intermediate.int_creatives__tags (version_key varchar, tag varchar);
create table approaches_jobs.approach_tag_tests as from tag_tests;
create table approaches_intermediate.int_approaches__names_latest (approach_id varchar, approach_name varchar);
create table approaches_intermediate.int_approaches__clusters (
    cohort_id varchar, period_start date, approach_id varchar, is_stable boolean
);
"""


def load_simulated(directory: Path, simulated: Sequence[SimulatedMetrics]) -> Workspace:
    """A workspace whose staging holds the metrics and whose approaches are the true ones."""
    workspace = make_workspace(directory)
    with duckdb.connect(str(workspace.database)) as connection:
        tag_tests = APPROACH_TAG_TESTS.rows([])  # noqa: F841 - DuckDB reads it by name
        connection.execute(_STAGED)
        for one in simulated:
            daily, assigned = one.daily, one.assigned  # noqa: F841 - DuckDB reads them by name
            connection.execute("""
                insert into approaches_staging.stg_raw__creative_daily_metrics
                select
                    date_day, creative_key, creative_key, 'facebook_ads', account_id, 'campaign', 'EUR',
                    impressions, clicks, spend_cents::decimal(38, 9) / 100, conversions, conversions * 40,
                    (impressions * 0.6)::bigint
                from daily
            """)
            connection.execute("""
                insert into approaches_intermediate.int_creatives__assigned_to_approaches
                select cohort_id, period_start, creative_key, creative_key, approach_id, 'assigned' from assigned
            """)
            connection.execute("""
                insert into approaches_intermediate.int_creatives__versions
                    (creative_key, version_key, valid_from, valid_to)
                select distinct creative_key, creative_key, date '0001-01-01', date '9999-12-31' from daily
            """)
    return workspace


def run_trends(workspace: Workspace, models: Sequence[str] = MODELS, **variables: Any) -> None:
    """Run the models. Raises CalledProcessError where dbt fails."""
    finished = workspace.dbt("run", "--select", *models, **variables)
    if finished.returncode:
        raise subprocess.CalledProcessError(finished.returncode, finished.args, finished.stdout, finished.stderr)
