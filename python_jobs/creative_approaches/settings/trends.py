"""When a change, a trend or the wear of an approach counts."""

from dataclasses import dataclass

from creative_approaches.settings.schema import Group, setting


@dataclass(frozen=True)
class TrendSettings(Group):
    """When a change of a metric counts."""

    title = "Trends"

    conversion_lag_days: int = setting(
        7,
        "Time that conversions take to arrive, from the end of a period to the newest day of its accounts. Until then "
        "what is made of conversions is marked (is_mature) and gets no test and no label.",
        unit="days",
        least=0,
    )
    trend_max_q: float = setting(
        0.05,
        "False discovery rate, within a cohort, period and metric, at which a change is called significant.",
        least=0,
        most=1,
    )
    trend_min_relative_change: float = setting(
        0.05, "Smaller changes count as none in a trend label, however significant.", least=0
    )
    trend_min_impressions: int = setting(
        1000, "Fewer in a period are too little data for a trend of CTR or frequency.", unit="impressions", least=0
    )
    trend_min_clicks: int = setting(50, "The same for cost per click.", unit="clicks", least=0)
    trend_min_conversions: int = setting(
        30,
        "The same for conversion rate, cost per conversion and return on spend.",
        unit="conversions",
        least=0,
    )


@dataclass(frozen=True)
class FatigueSettings(Group):
    """When an approach wears out."""

    title = "Fatigue"

    fatigue_periods: int = setting(
        6, "History of a creative that the decline of its response is measured over.", unit="periods", least=3
    )
    fatigue_min_decline: float = setting(
        0.05,
        "Part of their CTR that creatives must lose in a period of age for their approach to be called fatigued.",
        least=0,
    )
    fatigue_min_spend_share: float = setting(
        0.02, "Part of its cohort's spend that an approach must hold to be judged.", least=0, most=1
    )
