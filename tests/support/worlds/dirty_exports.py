"""Exports as they really are: accounts that each have one thing wrong, in tables whose types they share."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

import duckdb

from tests.support.workspace import Workspace

PLATFORM = "facebook_ads"
DAY = "2026-01-05"


def write_tables(
    workspace: Workspace,
    metrics: Sequence[Mapping[str, Any]],
    creatives: Sequence[Mapping[str, Any]],
    types: Mapping[str, str],
) -> None:
    """The raw tables in schema `warehouse`, with columns of these types; any other is text."""
    with duckdb.connect(str(workspace.database)) as connection:
        connection.execute("set TimeZone = 'UTC'")
        connection.execute("create schema if not exists warehouse")
        for name, rows in (("creatives", creatives), ("creative_daily_metrics", metrics)):
            columns = list(dict.fromkeys(column for row in rows for column in row))
            declared = ", ".join(f"{column} {types.get(column, 'varchar')}" for column in columns)
            connection.execute(f"create or replace table warehouse.{name} ({declared})")
            marks = ", ".join(f"cast(? as {types.get(column, 'varchar')})" for column in columns)
            for row in rows:
                connection.execute(
                    f"insert into warehouse.{name} values ({marks})", [row.get(column) for column in columns]
                )


def metrics_row(account: str, creative_id: str | None = "1", **other: Any) -> dict[str, Any]:
    return {
        "date_day": DAY,
        "platform": PLATFORM,
        "account_id": account,
        "campaign_id": "c",
        "creative_id": creative_id,
        "currency_code": "EUR",
        "impressions": 1000,
        "clicks": 20,
        "spend": 10,
        "conversions": 2,
        "conversions_value": 40,
        "reach": 800,
        **other,
    }


def creatives_row(account: str, creative_id: str | None = "1", **other: Any) -> dict[str, Any]:
    return {
        "creative_id": creative_id,
        "platform": PLATFORM,
        "account_id": account,
        "campaign_id": "c",
        "creative_name": None,
        "headline": f"Reason {creative_id} to choose us",
        "description": None,
        "tags": None,
        "format": "image",
        "placement": "feed",
        "image_uri": None,
        "video_uri": None,
        "created_at": "2026-01-01 00:00:00",
        "updated_at": "2026-01-01 00:00:00",
        **other,
    }


def check(workspace: Workspace, **variables: Any) -> dict[str, Any]:
    """What operation check_raw_data says."""
    finished = workspace.dbt("run-operation", "check_raw_data", **variables)
    assert finished.returncode == 0, finished.stdout
    (line,) = (line for line in finished.stdout.splitlines() if '"findings": ' in line)
    return dict(json.loads(line[line.index("{") :]))
