"""What is read: the raw tables, their periods and cohorts, and when dbt warns of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from creative_approaches.settings.schema import Group, Text, setting

Grain = Literal["day", "week", "month"]
CohortColumn = Literal["platform", "account_id", "campaign_id", "format", "placement"]
Layout = Literal["contract", "ad_reporting", "facebook_ads", "google_ads", "microsoft_ads", "tiktok_ads"]

_CURRENCY = Text("[A-Za-z]{3}", "the three letters of an ISO 4217 code, such as EUR")


@dataclass(frozen=True)
class DemoSettings(Group):
    """Whether this is the demo."""

    title = "Demo"

    demo_data: bool = setting(True, "Read the demo seeds. The settings that start with `raw_` then do not matter.")


@dataclass(frozen=True)
class RawSettings(Group):
    """Where the raw tables are, and what they call things."""

    title = "Raw tables"

    raw_database: str | None = setting(
        None, "Database of the raw tables (BigQuery: project); `null`: the target's own."
    )
    raw_schema: str | None = setting(
        None, "Schema of the raw tables (BigQuery: dataset); `null`: the target schema plus `_raw`."
    )
    raw_creatives_table: str = setting("creatives", "Name of the table of creatives.")
    raw_metrics_table: str = setting("creative_daily_metrics", "Name of the table of daily metrics.")
    raw_metrics_layout: Layout = setting(
        "contract",
        "Which ad report the table of metrics is; `contract`: none, it has the columns of the contract. "
        "docs/bring-your-own-data.md shows each.",
    )
    raw_creatives_columns: Mapping[str, Any] = setting(
        {},
        "Which column of your creatives stands for one of the contract: `{creative_id: ad_id}`; `{value: a text}` for "
        "the same in every row; `null` for a column that you do not have.",
    )
    raw_metrics_columns: Mapping[str, Any] = setting({}, "The same for the metrics. It goes before the layout.")
    raw_currency: str | None = setting(None, "Currency of metrics that name none; `null`: unknown.", text=_CURRENCY)
    metrics_lookback_days: int = setting(
        35,
        "BigQuery: days before the newest one that a run reads again. DuckDB reads all days.",
        unit="days",
        least=0,
    )
    tags_format: Literal["delimited", "array"] = setting(
        "delimited", "How tags are stored; `delimited`: as one string; `array`: as a list of strings."
    )
    tags_delimiter: str = setting(",", "What separates tags in a string.")
    platforms: tuple[str, ...] = setting(
        (
            "amazon_ads",
            "apple_search_ads",
            "facebook_ads",
            "google_ads",
            "linkedin_ads",
            "microsoft_ads",
            "pinterest_ads",
            "reddit_ads",
            "snapchat_ads",
            "tiktok_ads",
            "twitter_ads",
        ),
        "Platforms that the raw tables may hold, compared in lower case. Any other stops the run.",
    )


@dataclass(frozen=True)
class CohortSettings(Group):
    """What is compared with what."""

    title = "Cohorts"

    cohort_columns: tuple[CohortColumn, ...] = setting(
        ("account_id",), "Creatives that agree in these columns are clustered and compared together."
    )
    embed_tags: bool = setting(
        True, "Whether tags are part of the embedded text. If they are, tests of given tags only describe."
    )


@dataclass(frozen=True)
class PeriodSettings(Group):
    """What time is cut into."""

    title = "Periods"

    period_grain: Grain = setting("week", "Length of a period. Weeks are ISO weeks, from Monday.")
    closed_after_periods: int | None = setting(
        8,
        "A period with so many newer ones keeps its clusters and approaches, whatever is restated; `null`: none ever "
        "does.",
        unit="periods",
        least=1,
    )


@dataclass(frozen=True)
class QualitySettings(Group):
    """When dbt warns of what was read."""

    title = "Data quality"

    warn_of_faulty_rows_from: float = setting(
        0.05,
        "Share of an account's daily rows of a period that may have one fault, such as more clicks than impressions, "
        "before dbt warns.",
        least=0,
        most=1,
    )
