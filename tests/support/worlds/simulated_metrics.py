"""Daily metrics of approaches with known true rates: shifts of spend, turnover, late conversions, shapes of trends.

Each creative has rates of its own around those of its approach. Which creatives get the impressions is independent of
how good they are, so that the true rate of an approach is the mean of its creatives', however spend moves about.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

FIRST_DAY: Final = np.datetime64("2025-01-06")  # a Monday
CTR: Final = 0.02
CONVERSION_RATE: Final = 0.08
COST_PER_MILLE: Final = 8.0
ORDER_VALUE: Final = 40.0

_Ints = NDArray[np.int64]
_Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Market:
    """How the creatives of an approach live.

    members : creatives at any time.  impressions : of a creative in a week, the median.
    spread : of impressions over creatives, as the standard deviation of their logarithm.
    shift : the same of what a creative's impressions are multiplied by from week to week.
    variety : coefficient of variation of the true rates of its creatives.
    turnover : share of the creatives that is replaced each week.
    conversion_delay : mean days from a click to its conversion.
    """

    members: int
    impressions: float = 3000.0
    spread: float = 0.7
    shift: float = 0.0
    variety: float = 0.3
    turnover: float = 0.0
    conversion_delay: float = 0.0


@dataclass(frozen=True, eq=False)
class SimulatedMetrics:
    """Daily rows in the columns of staging, and the approach of each creative and week."""

    daily: pa.Table
    assigned: pa.Table


def simulate_metrics(seed: int, market: Market, shapes: _Floats, name: str) -> SimulatedMetrics:
    """So many approaches over so many weeks, seen on the evening of the last day.

    shapes : shape (approaches, weeks), what the true CTR of an approach is multiplied by in each week.
    name : the cohort, and a prefix of all keys.
    """
    rng = np.random.default_rng(seed)
    approaches, weeks = shapes.shape
    slots = (approaches, market.members, weeks)
    is_new = rng.random(slots) < market.turnover
    is_new[:, :, 0] = True
    creative = np.cumsum(is_new.reshape(-1)) - 1
    count = int(creative[-1]) + 1
    ctr = _around(rng, CTR, market.variety, count)[creative].reshape(slots) * shapes[:, None, :]
    conversion_rate = _around(rng, CONVERSION_RATE, market.variety, count)[creative]
    cost = _around(rng, COST_PER_MILLE, market.variety, count)[creative]
    level = market.spread * rng.normal(size=count)[creative].reshape(slots)
    moved = np.where(is_new, 0.0, market.shift * rng.normal(size=slots))
    weekly = market.impressions * np.exp(level + moved)

    days = np.arange(7)
    impressions = rng.poisson(np.repeat(weekly.reshape(-1) / 7, 7))
    clicks = rng.binomial(impressions, np.minimum(np.repeat(ctr.reshape(-1), 7), 1))
    week_of = np.tile(np.arange(weeks), approaches * market.members)
    day = (7 * week_of[:, None] + days).reshape(-1)
    conversions = rng.binomial(clicks, np.minimum(np.repeat(conversion_rate, 7), 1))
    if market.conversion_delay > 0:
        conversions = rng.binomial(conversions, -np.expm1(-(7 * weeks - day) / market.conversion_delay))
    approach_of = np.repeat(np.arange(approaches), market.members * weeks)
    keys = pa.array([f"{name} {number:07d}" for number in range(count)])
    names = pa.array([f"{name} approach {number:05d}" for number in range(approaches)])
    cents = np.round(impressions * np.repeat(cost, 7) / 10).astype(np.int64)
    cohort = pa.array([name])
    daily = pa.table(
        {
            "date_day": pa.array(FIRST_DAY + day),
            "creative_key": keys.take(pa.array(np.repeat(creative, 7))),
            "account_id": cohort.take(pa.array(np.zeros(len(day), np.int64))),
            "impressions": impressions,
            "clicks": clicks,
            "spend_cents": cents,
            "conversions": conversions,
        }
    )
    monday = FIRST_DAY + 7 * week_of
    assigned = pa.table(
        {
            "cohort_id": cohort.take(pa.array(np.zeros(len(creative), np.int64))),
            "period_start": pa.array(monday),
            "creative_key": keys.take(pa.array(creative)),
            "approach_id": names.take(pa.array(approach_of)),
        }
    )
    return SimulatedMetrics(daily, assigned)


def last_day(weeks: int) -> date:
    """The last day of so many weeks."""
    return date.fromisoformat(str(FIRST_DAY + 7 * weeks - 1))


def _around(rng: np.random.Generator, mean: float, variety: float, count: int) -> _Floats:
    """True values of so many creatives, gamma distributed."""
    if variety == 0:
        return np.full(count, mean)
    shape = variety**-2
    return rng.gamma(shape, mean / shape, count)
