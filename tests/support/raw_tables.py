"""Raw tables of a test's own, as a user's warehouse holds them."""

from collections.abc import Sequence
from typing import Any

import duckdb

from tests.support.workspace import Workspace

CREATIVE: dict[str, Any] = {
    "platform": "facebook_ads",
    "account_id": "a",
    "campaign_id": "c",
    "creative_name": None,
    "headline": None,
    "description": None,
    "tags": None,
    "format": "image",
    "placement": "feed",
    "image_uri": None,
    "video_uri": None,
    "created_at": "2026-01-01 00:00:00",
    "updated_at": "2026-01-01 00:00:00",
}
METRICS: dict[str, Any] = {
    "date_day": "2026-01-05",
    "platform": "facebook_ads",
    "account_id": "a",
    "campaign_id": "c",
    "currency_code": "USD",
    "impressions": 1000,
    "clicks": 20,
    "spend": 10.5,
    "conversions": 2,
    "conversions_value": 40,
    "reach": 800,
}
TYPES = {
    "created_at": "timestamp",
    "updated_at": "timestamp",
    "date_day": "date",
    "impressions": "bigint",
    "clicks": "bigint",
    "spend": "decimal(18, 2)",
    "conversions": "decimal(18, 2)",
    "conversions_value": "decimal(18, 2)",
    "reach": "bigint",
}


def load_raw(workspace: Workspace, creatives: Sequence[dict[str, Any]], metrics: Sequence[dict[str, Any]]) -> None:
    """Write raw tables to schema `warehouse` and point the project at them."""
    workspace.set_vars(demo_data=False, raw_schema="warehouse")
    tables: list[tuple[str, dict[str, Any], Sequence[dict[str, Any]]]] = [
        ("creatives", {"creative_id": None, **CREATIVE}, creatives),
        ("creative_daily_metrics", {"creative_id": None, **METRICS}, metrics),
    ]
    with duckdb.connect(str(workspace.database)) as connection:
        connection.execute("create schema if not exists warehouse")
        for name, defaults, rows in tables:
            columns = ", ".join(f"{column} {TYPES.get(column, 'varchar')}" for column in defaults)
            connection.execute(f"create or replace table warehouse.{name} ({columns})")
            marks = ", ".join("?" for _ in defaults)
            for row in rows:
                connection.execute(f"insert into warehouse.{name} values ({marks})", list((defaults | row).values()))
