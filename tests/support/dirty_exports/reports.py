"""Exports in the layouts of ad reports: columns have other names or are missing, and rows of one ad and day add up."""

from typing import Final

from tests.support.dirty_exports.export import Export, together

CONTRACT: Final = "contract"
# What each report calls columns of the contract.
NAMES: Final[dict[str, dict[str, str]]] = {
    "ad_reporting": {"creative_id": "ad_id"},
    "facebook_ads": {"creative_id": "ad_id"},
    "google_ads": {"creative_id": "ad_id"},
    "microsoft_ads": {"creative_id": "ad_id"},
    "tiktok_ads": {
        "creative_id": "ad_id",
        "account_id": "advertiser_id",
        "currency_code": "currency",
        "conversions": "conversion",
        "conversions_value": "total_conversion_value",
    },
}
REPORTS: Final = tuple(NAMES)
WITHOUT_CURRENCY: Final = {"ad_reporting", "facebook_ads"}  # somebody joins it, and says where it is


def platform_of(layout: str) -> str:
    """The platform of all ads; those of most reports are of one."""
    return "facebook_ads" if layout in (CONTRACT, "ad_reporting") else layout


def as_report(export: Export, layout: str) -> None:
    """Let the metrics be a report of this layout, as its owner reads it."""
    for name in {"reach"} if layout == "ad_reporting" else {"reach", "platform"}:
        del export.metrics.types[name]
    for name, called in NAMES[layout].items():
        export.metrics.rename(name, called)
    export.words |= {NAMES[layout].get(word, word) for word in export.words}
    if export.settles and "raw_metrics_version" in export.settles:
        # Nothing tells older rows from parts of a day, which add up: its owner has to know.
        export.vars = together(export.vars, export.settles)
    joined = {"raw_metrics_columns": {"currency_code": "currency_code"}} if layout in WITHOUT_CURRENCY else {}
    export.vars = together({"raw_metrics_layout": layout, **joined}, export.vars)
