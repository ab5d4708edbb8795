"""Simulate what the platforms report: impressions, clicks, spend, conversions, value and reach per day."""

from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from tests.support.demo_data.account import WEEKS, Account, monday
from tests.support.demo_data.creatives import Creative

COLUMNS = (
    "date_day",
    "platform",
    "account_id",
    "campaign_id",
    "creative_id",
    "currency_code",
    "impressions",
    "clicks",
    "spend",
    "conversions",
    "conversions_value",
    "reach",
)
WEEKDAYS = (0.95, 0.96, 0.98, 1.0, 1.05, 1.1, 1.04)


@dataclass(frozen=True)
class Traits:
    """How one creative differs from its approach: size, clicks, conversions, price."""

    volume: float
    clicks: float
    conversions: float
    price: float


def simulate(account: Account, creatives: list[Creative], rng: np.random.Generator) -> list[dict[str, str]]:
    """Daily rows of an account, by day and creative. Rates of an approach follow the plan week by week."""
    traits = {
        creative.creative_id: Traits(
            volume=float(rng.lognormal(0.0, 0.4)),
            clicks=float(rng.lognormal(0.0, 0.16)),
            conversions=float(rng.lognormal(0.0, 0.12)),
            price=float(rng.lognormal(0.0, 0.08)),
        )
        for creative in creatives
    }
    rows: list[dict[str, str]] = []
    for week in range(WEEKS):
        active = [creative for creative in creatives if week in creative.weeks]
        levels = _levels(account, active, traits, week, rng)
        for creative in active:
            rows += _week(creative, traits[creative.creative_id], levels[_label(creative, week)], week, rng)
    return sorted(rows, key=lambda row: (row["date_day"], row["creative_id"]))


def _label(creative: Creative, week: int) -> str:
    return creative.variant.label(week) if creative.variant else ""


def _levels(
    account: Account,
    active: list[Creative],
    traits: dict[str, Traits],
    week: int,
    rng: np.random.Generator,
) -> dict[str, tuple[float, float]]:
    """(ctr, conversion rate) of each approach, corrected for the mix of creatives that are active."""
    levels: dict[str, tuple[float, float]] = {}
    for label in sorted({_label(creative, week) for creative in active}):
        mine = [traits[c.creative_id] for c in active if _label(c, week) == label]
        volume = sum(one.volume for one in mine)
        mix = sum(one.volume * one.clicks for one in mine) / volume
        ctr = account.rates[label].ctr[week] if label else 0.009
        conversion_rate = account.rates[label].conversion_rate if label else 0.02
        wobble = float(rng.normal(1.0, 0.012))
        levels[label] = (ctr * wobble / mix, conversion_rate * float(rng.normal(1.0, 0.02)))
    return levels


def _week(
    creative: Creative, trait: Traits, level: tuple[float, float], week: int, rng: np.random.Generator
) -> list[dict[str, str]]:
    account = creative.account
    first = int(rng.integers(0, 3)) if week == creative.weeks[0] and week > 0 else 0
    last = int(rng.integers(4, 7)) if week == creative.weeks[-1] and week < WEEKS - 1 else 6
    rows = []
    for day in range(first, last + 1):
        expected = account.daily_impressions * trait.volume * WEEKDAYS[day]
        impressions = int(rng.poisson(expected * float(rng.lognormal(0.0, 0.08))))
        clicks = int(rng.binomial(impressions, min(1.0, level[0] * trait.clicks)))
        conversions = int(rng.binomial(clicks, min(1.0, level[1] * trait.conversions)))
        price = account.cost_per_mille * trait.price * float(rng.normal(1.0, 0.05))
        value = conversions * account.order_value * float(rng.lognormal(0.0, 0.2))
        part = 0.5 if account.platform == "google_ads" and conversions and rng.random() < 0.15 else 0.0
        rows.append(
            {
                "date_day": (monday(week) + timedelta(days=day)).isoformat(),
                "platform": account.platform,
                "account_id": account.account_id,
                "campaign_id": creative.row["campaign_id"],
                "creative_id": creative.creative_id,
                "currency_code": account.currency,
                "impressions": str(impressions),
                "clicks": str(clicks),
                "spend": f"{impressions / 1000 * price:.2f}",
                "conversions": f"{conversions - part:.1f}" if part else str(conversions),
                "conversions_value": f"{value:.2f}",
                "reach": str(int(impressions * rng.uniform(0.72, 0.93))),
            }
        )
    return rows
