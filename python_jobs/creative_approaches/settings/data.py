"""What is read: the raw tables, their periods and cohorts, and when dbt warns of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from creative_approaches.settings.schema import Group, Text, setting

Grain = Literal["day", "week", "month"]
CohortColumn = Literal["platform", "account_id", "campaign_id", "format", "placement"]
MetricsGrain = Literal["creative_day", "finer", "versions"]
Layout = Literal["contract", "ad_reporting", "facebook_ads", "google_ads", "microsoft_ads", "tiktok_ads"]

_COLUMNS = Text(
    "",
    "a mapping from columns of source raw to those of your table, such as {creative_id: ad_id}",
)
_ACCEPTED = Text(
    "",
    "a mapping from kinds of findings to all or to a list of account ids, such as {not_a_number: all}",
)
_ZONE = Text("[A-Za-z][A-Za-z0-9_+/-]*", "the name of a time zone, such as Europe/Berlin")
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
        text=_COLUMNS,
    )
    raw_metrics_columns: Mapping[str, Any] = setting(
        {},
        "The same for the metrics. It goes before the layout. `{micros: cost_micros}` for money in millionths.",
        text=_COLUMNS,
    )
    raw_metrics_grain: MetricsGrain | None = setting(
        None,
        "What a row of the metrics is; `creative_day`: all of a day, creative, campaign and currency, so that equal "
        "rows count once and different ones contradict each other; `finer`: a part of it, by age or hour for example, "
        "so that rows add up; `versions`: one of its versions, of which the newest counts; `null`: `finer` for an ad "
        "report, `creative_day` under layout `contract`. Rows without a creative_id always add up.",
    )
    raw_metrics_version: str | None = setting(
        None, "`versions` only: the column that says which version is the newest, by its greatest value."
    )
    day_time_zone: str | None = setting(
        None,
        "Whose days count where `date_day` or `updated_at` is a point of time with a time zone; `null`: such a "
        "`date_day` stops the run, and the day of an edit is that in UTC.",
        text=_ZONE,
    )
    account_id_prefixes: tuple[str, ...] = setting(
        (),
        "What platforms put before the ids of accounts in some exports and not in others, such as Meta's `act_`. It is "
        "taken off.",
        fewest=0,
    )
    ids_ignore_case: bool = setting(False, "Whether ids that differ in the case of letters only are one id.")
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
    """When what was read stops a run, and when dbt warns of it."""

    title = "Data quality"

    contradiction_tolerance: float = setting(
        0.001,
        "Share of an account's spend, or of another of its metrics, that may be left out of contradicting rows before "
        "they stop the run.",
        least=0,
        most=1,
    )
    min_attributed_spend_share: float = setting(
        0.5,
        "Share of an account's spend that must find its creatives in the creatives table. Less stops the run.",
        least=0,
        most=1,
    )
    warn_of_unattributed_spend_from: float = setting(
        0.05, "Share of an account's spend without its creatives that is a warning.", least=0, most=1
    )
    accepted_findings: Mapping[str, Any] = setting(
        {},
        "Findings that you know of, so that they warn and do not stop the run: `{kind: all}`, or "
        "`{kind: [account ids]}`. docs/bring-your-own-data.md says what then becomes of such rows.",
        text=_ACCEPTED,
    )
    warn_of_faulty_rows_from: float = setting(
        0.05,
        "Share of an account's daily rows of a period that may have one fault, such as more clicks than impressions, "
        "before it is a warning.",
        least=0,
        most=1,
    )
