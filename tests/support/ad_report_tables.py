"""The ad-level tables of Fivetran's dbt packages: their columns, and rows that show how they split an ad's day.

Columns are those of the packages' own models, with the types that BigQuery gives them. Metrics and attributes that a
package adds for a setting of its own (passed-through metrics, one column per kind of conversion) are left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import duckdb

_DUCKDB_TYPES = {"STRING": "varchar", "INT64": "bigint", "FLOAT64": "double", "DATE": "date"}


@dataclass(frozen=True)
class AdReport:
    """What var raw_metrics_layout calls `layout`: the table of a package, with rows of it.

    grain : expressions of the table's columns, one row of staging per combination
    unread : a column that tells rows apart which look equal in those that are read
    """

    layout: str
    package: str
    table: str
    columns: Mapping[str, str]
    grain: Sequence[str]
    unread: str
    rows: Sequence[Mapping[str, Any]]

    def create(self, connection: duckdb.DuckDBPyConnection, relation: str) -> None:
        """Write the table to DuckDB, with its rows."""
        columns = ", ".join(f"{name} {_DUCKDB_TYPES[type_]}" for name, type_ in self.columns.items())
        connection.execute(f"create or replace table {relation} ({columns})")
        for row in self.rows:
            names, marks = ", ".join(row), ", ".join("?" for _ in row)
            connection.execute(f"insert into {relation} ({names}) values ({marks})", list(row.values()))


def _rows(common: Mapping[str, Any], *differences: Mapping[str, Any]) -> tuple[dict[str, Any], ...]:
    return tuple({**common, **row} for row in differences)


_NUMBERS = {"clicks": 20, "impressions": 1000, "spend": 10.1, "conversions": 2, "conversions_value": 40.2}

AD_REPORTING = AdReport(
    layout="ad_reporting",
    package="fivetran/ad_reporting 2.3.0",
    table="ad_reporting__ad_report",
    columns={
        "source_relation": "STRING",
        "date_day": "DATE",
        "platform": "STRING",
        "account_id": "STRING",
        "account_name": "STRING",
        "campaign_id": "STRING",
        "campaign_name": "STRING",
        "ad_group_id": "STRING",
        "ad_group_name": "STRING",
        "ad_id": "STRING",
        "ad_name": "STRING",
        "clicks": "INT64",
        "impressions": "INT64",
        "spend": "FLOAT64",
        "conversions": "FLOAT64",
        "conversions_value": "FLOAT64",
    },
    grain=("date_day", "platform", "account_id", "campaign_id", "ad_id"),
    unread="ad_group_id",
    rows=_rows(
        {
            "source_relation": "",
            "date_day": "2026-01-05",
            "platform": "google_ads",
            "account_id": "a",
            "campaign_id": "c",
            **_NUMBERS,
        },
        # One ad in two ad groups, with the same numbers by chance.
        {"ad_id": "1", "ad_group_id": "g"},
        {"ad_id": "1", "ad_group_id": "h"},
        {"ad_id": "1", "ad_group_id": "g", "date_day": "2026-01-12", "spend": 0.2},
        {"ad_id": "2", "ad_group_id": "g", "spend": 0.1},
        {"ad_id": "2", "ad_group_id": "h", "spend": 0.2},
        # Snapchat has no campaigns here; platforms may share an id.
        {"ad_id": "1", "platform": "snapchat_ads", "campaign_id": None, "conversions_value": None},
    ),
)

FACEBOOK_ADS = AdReport(
    layout="facebook_ads",
    package="fivetran/facebook_ads 1.4.2",
    table="facebook_ads__ad_report",
    columns={
        "source_relation": "STRING",
        "date_day": "DATE",
        "account_id": "INT64",
        "account_name": "STRING",
        "campaign_id": "INT64",
        "campaign_name": "STRING",
        "ad_set_id": "INT64",
        "ad_set_name": "STRING",
        "ad_id": "INT64",
        "ad_name": "STRING",
        "conversion_domain": "STRING",
        "clicks": "INT64",
        "impressions": "INT64",
        "spend": "FLOAT64",
        "conversions": "FLOAT64",
        "conversions_value": "FLOAT64",
    },
    grain=("date_day", "account_id", "campaign_id", "ad_id"),
    unread="source_relation",
    rows=_rows(
        {
            "source_relation": "meta_one",
            "date_day": "2026-01-05",
            "account_id": 120330000000000001,
            "campaign_id": 120330000000000002,
            "ad_id": 120330000000000003,
            **_NUMBERS,
        },
        {},
        # An account that two connections load is in the report twice.
        {"source_relation": "meta_two"},
        {"ad_id": 120330000000000004, "conversion_domain": "a.example", "spend": 0.1},
        {"ad_id": 120330000000000004, "conversion_domain": "b.example", "spend": 0.2},
        # Ads that were deleted at the platform keep their spend and lose their ids.
        {"ad_id": None, "campaign_id": None, "source_relation": "meta_one", "spend": 3.3},
        {"ad_id": None, "campaign_id": None, "source_relation": "meta_two", "spend": 4.4},
    ),
)

GOOGLE_ADS = AdReport(
    layout="google_ads",
    package="fivetran/google_ads 1.2.0",
    table="google_ads__ad_report",
    columns={
        "source_relation": "STRING",
        "date_day": "DATE",
        "account_name": "STRING",
        "account_id": "INT64",
        "currency_code": "STRING",
        "campaign_name": "STRING",
        "campaign_id": "INT64",
        "ad_group_name": "STRING",
        "ad_group_id": "STRING",
        "ad_id": "INT64",
        "ad_name": "STRING",
        "ad_status": "STRING",
        "ad_type": "STRING",
        "display_url": "STRING",
        "source_final_urls": "STRING",
        "spend": "FLOAT64",
        "clicks": "INT64",
        "impressions": "INT64",
        "conversions": "FLOAT64",
        "conversions_value": "FLOAT64",
        "view_through_conversions": "INT64",
    },
    grain=("date_day", "account_id", "campaign_id", "ad_id", "upper(currency_code)"),
    unread="ad_group_id",
    rows=_rows(
        {"date_day": "2026-01-05", "account_id": 1, "currency_code": "EUR", "campaign_id": 2, "ad_id": 3, **_NUMBERS},
        {"ad_group_id": "4"},
        {"ad_group_id": "5"},
        {"ad_group_id": "5", "date_day": "2026-01-06", "conversions": 0.333333333},
        {"ad_id": 6, "spend": 0.1, "currency_code": "eur"},
        {"ad_id": 6, "spend": 0.2},
        {"ad_id": 6, "spend": 0.3, "currency_code": "USD"},
    ),
)

MICROSOFT_ADS = AdReport(
    layout="microsoft_ads",
    package="fivetran/microsoft_ads, from its conversion columns on",
    table="microsoft_ads__ad_report",
    columns={
        "source_relation": "STRING",
        "date_day": "DATE",
        "account_name": "STRING",
        "account_id": "INT64",
        "campaign_name": "STRING",
        "campaign_id": "INT64",
        "ad_group_name": "STRING",
        "ad_group_id": "INT64",
        "ad_name": "STRING",
        "ad_id": "INT64",
        "ad_type": "STRING",
        "device_os": "STRING",
        "device_type": "STRING",
        "network": "STRING",
        "currency_code": "STRING",
        "clicks": "INT64",
        "impressions": "INT64",
        "spend": "FLOAT64",
        "conversions": "INT64",
        "conversions_value": "FLOAT64",
        "all_conversions": "INT64",
        "all_conversions_value": "FLOAT64",
    },
    grain=("date_day", "account_id", "campaign_id", "ad_id", "currency_code"),
    unread="device_type",
    rows=_rows(
        {"date_day": "2026-01-05", "account_id": 1, "currency_code": "EUR", "campaign_id": 2, "ad_id": 3, **_NUMBERS},
        {"device_type": "Computer", "network": "AOL search"},
        {"device_type": "Smartphone", "network": "AOL search"},
        {"device_type": "Smartphone", "network": "Audience", "spend": 0.7},
        {"device_type": "Computer", "ad_id": 4, "spend": 0.1},
        {"device_type": "Tablet", "ad_id": 4, "spend": 0.2},
    ),
)

TIKTOK_ADS = AdReport(
    layout="tiktok_ads",
    package="fivetran/tiktok_ads, from 0.6.0 on",
    table="tiktok_ads__ad_report",
    columns={
        "source_relation": "STRING",
        "date_day": "DATE",
        "advertiser_id": "INT64",
        "advertiser_name": "STRING",
        "campaign_id": "INT64",
        "campaign_name": "STRING",
        "ad_group_id": "INT64",
        "ad_group_name": "STRING",
        "ad_id": "INT64",
        "ad_name": "STRING",
        "currency": "STRING",
        "category": "INT64",
        "gender": "STRING",
        "audience_type": "STRING",
        "budget": "FLOAT64",
        "impressions": "INT64",
        "clicks": "INT64",
        "spend": "FLOAT64",
        "reach": "INT64",
        "conversion": "INT64",
        "likes": "INT64",
        "comments": "INT64",
        "shares": "INT64",
        "profile_visits": "INT64",
        "follows": "INT64",
        "video_watched_2_s": "INT64",
        "video_watched_6_s": "INT64",
        "video_views_p_25": "INT64",
        "video_views_p_50": "INT64",
        "video_views_p_75": "INT64",
        "real_time_conversion": "INT64",
        "total_purchase_value": "FLOAT64",
        "total_sales_lead_value": "FLOAT64",
        "total_conversion_value": "FLOAT64",
        "daily_cpc": "FLOAT64",
        "daily_cpm": "FLOAT64",
        "daily_ctr": "FLOAT64",
    },
    grain=("date_day", "advertiser_id", "campaign_id", "ad_id", "currency"),
    unread="source_relation",
    rows=_rows(
        {
            "source_relation": "tiktok_one",
            "date_day": "2026-01-05",
            "advertiser_id": 7000000000000000001,
            "campaign_id": 1700000000000002,
            "ad_id": 1700000000000003,
            "currency": "USD",
            "clicks": 20,
            "impressions": 1000,
            "spend": 10.1,
            "conversion": 2,
            "total_conversion_value": 40.2,
            "reach": 5000,
        },
        {},
        {"source_relation": "tiktok_two"},
        {"ad_id": 1700000000000004, "spend": 0.1},
        {"ad_id": 1700000000000004, "spend": 0.2, "source_relation": "tiktok_two"},
    ),
)

AD_REPORTS = (AD_REPORTING, FACEBOOK_ADS, GOOGLE_ADS, MICROSOFT_ADS, TIKTOK_ADS)

# Of the tables that the connectors load, the columns that the guide's views of ad texts read.
CONNECTOR_TABLES: Mapping[str, Mapping[str, str]] = {
    "fivetran_facebook.ad_history": {
        "id": "INT64",
        "account_id": "INT64",
        "campaign_id": "INT64",
        "creative_id": "INT64",
        "name": "STRING",
        "updated_time": "TIMESTAMP",
        "_fivetran_synced": "TIMESTAMP",
    },
    "fivetran_facebook.creative_history": {
        "id": "INT64",
        "title": "STRING",
        "body": "STRING",
        "object_story_link_data_message": "STRING",
        "object_type": "STRING",
        "image_url": "STRING",
        "video_id": "INT64",
        "_fivetran_synced": "TIMESTAMP",
    },
    "fivetran_google.responsive_search_ad_history": {
        "ad_group_id": "INT64",
        "ad_id": "INT64",
        "updated_at": "TIMESTAMP",
        "headlines": "STRING",
        "descriptions": "STRING",
    },
    "fivetran_google.ad_history": {
        "ad_group_id": "INT64",
        "id": "INT64",
        "updated_at": "TIMESTAMP",
        "type": "STRING",
        "name": "STRING",
    },
    "fivetran_google.ad_group_history": {
        "id": "INT64",
        "campaign_id": "INT64",
        "name": "STRING",
        "updated_at": "TIMESTAMP",
    },
    "fivetran_google.campaign_history": {"id": "INT64", "customer_id": "INT64", "updated_at": "TIMESTAMP"},
    "fivetran_tiktok.ad_history": {
        "ad_id": "INT64",
        "advertiser_id": "INT64",
        "campaign_id": "INT64",
        "ad_name": "STRING",
        "ad_text": "STRING",
        "video_id": "STRING",
        "updated_at": "TIMESTAMP",
    },
}
