"""What an account, a way to write, and a fate are made of."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from tests.support.demo_data.demo_copy import Bank

FIRST_MONDAY = date(2026, 6, 1)
WEEKS = 14


def monday(week: int) -> date:
    """First day of a week, counted from zero."""
    return FIRST_MONDAY + timedelta(weeks=week)


@dataclass(frozen=True)
class Variant:
    """One way to write, and how many of its creatives are active in each week.

    `labels` are (from week, approach): the approach that its creatives belong to from that week on.
    `tags` are (tag, share of the creatives that carry it). In the `quiet` week no creative is swapped, so
    that a split or a merge is all that happens to the approach.
    """

    name: str
    copy: Bank
    counts: tuple[int, ...]
    labels: tuple[tuple[int, str], ...]
    tags: tuple[tuple[str, float], ...]
    turnover: float = 0.17
    quiet: int | None = None
    pictures: tuple[int, ...] = ()

    def label(self, week: int) -> str:
        return [approach for start, approach in self.labels if start <= week][-1]


@dataclass(frozen=True)
class Rates:
    """Click-through and conversion rate of an approach in each week."""

    ctr: tuple[float, ...]
    conversion_rate: float


@dataclass(frozen=True)
class Account:
    """An ad account: who pays, in what, for which products and approaches."""

    account_id: str
    platform: str
    currency: str
    id_prefix: str
    products: tuple[str, ...]
    campaigns: tuple[str, ...]
    noise_tags: tuple[str, ...]
    formats: tuple[tuple[str, float], ...]
    placements: tuple[tuple[str, float], ...]
    pictures: tuple[int, ...]
    daily_impressions: float
    cost_per_mille: float
    order_value: float
    variants: tuple[Variant, ...]
    rates: dict[str, Rates] = field(default_factory=dict)


@dataclass(frozen=True)
class Fate:
    """What happens to an approach, from which week on, and with which other approach."""

    approach: str
    account_id: str
    fate: str
    week: int | None = None
    other: str = ""


def steady(ctr: float) -> tuple[float, ...]:
    """The same rate in every week."""
    return (ctr,) * WEEKS


def improving(ctr: float) -> tuple[float, ...]:
    """Flat, then 9% more in each of the last six weeks."""
    return tuple(ctr * 1.09 ** max(0, week - (WEEKS - 7)) for week in range(WEEKS))


def peaked(ctr: float, fall: int) -> tuple[float, ...]:
    """7% more a week until `fall`, from then on 11% less a week."""
    return tuple(ctr * 1.07 ** min(week, fall - 1) * 0.89 ** max(0, week - fall + 1) for week in range(WEEKS))
