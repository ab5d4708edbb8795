"""Which approach each cluster of a period is, by the evidence and by what people decided."""

from collections.abc import Mapping, Sequence

from creative_approaches.core.ids import stable_id
from creative_approaches.core.lineage.cluster import Cluster
from creative_approaches.core.lineage.matching import Approach, LineageRules, Match, continuations
from creative_approaches.core.lineage.overrides import Override, OverrideError
from creative_approaches.core.lineage.present import Present


def follow(
    cohort_id: str,
    now: Present,
    traced: Mapping[str, Approach],
    members_of_period: Sequence[frozenset[str]],
    rules: LineageRules,
    overrides: Sequence[Override],
) -> tuple[list[Approach], dict[str, Match]]:
    """The approaches of a period before any is merged, and by approach why it goes on, unless it is new or decided."""
    pinned_to = _pinned(now, overrides)
    pinned = frozenset(pin.creative_key for pin in overrides if pin.creative_key)
    known = remembered(traced, now.index, rules.rolling_periods)
    taken_back: dict[str, frozenset[str]] = {}
    while True:
        taken = frozenset[str]().union(*taken_back.values())
        held = dict(taken_back)
        free: list[Cluster] = []
        for number, cluster in now.clusters.items():
            left = cluster.members - taken
            if number in pinned_to:
                held[pinned_to[number].approach_id] = held.get(pinned_to[number].approach_id, frozenset()) | left
            elif left:
                free.append(cluster if left == cluster.members else now.made_of(left))
        free.sort(key=lambda cluster: min(cluster.members))
        continued = continuations([a for a in known if a.approach_id not in held], free, members_of_period, rules)
        present = {*held, *(before.approach_id for before, _ in continued.values())}
        back = _split_back([a for _, a in sorted(traced.items()) if a.approach_id not in present], overrides)
        left_of = {a.approach_id: (a.members & now.clustered) - taken - pinned for a in back}
        first = next((key for key, members in left_of.items() if members), None)
        if first is None:
            break
        taken_back[first] = left_of[first]

    found = {key: now.made_of(members) for key, members in held.items()}
    matches = {}
    for column, (before, match) in continued.items():
        found[before.approach_id] = free[column]
        matches[before.approach_id] = match
    for column, cluster in enumerate(free):
        if column not in continued:
            # One founder, not all: a creative that joins an open period late rarely changes the id.
            new_id = stable_id("approach", cohort_id, now.period.isoformat(), min(cluster.members))
            while new_id in found or new_id in traced:  # a pin has given it to another cluster
                new_id = stable_id("approach", new_id)
            found[new_id] = cluster
    approaches = (Approach(key, cluster, now.index) for key, cluster in found.items())
    return sorted(approaches, key=lambda a: min(a.members)), matches


def _pinned(now: Present, overrides: Sequence[Override]) -> dict[int, Override]:
    """By cluster, the pin that says what it is. Of the pins of one creative the latest holds."""
    latest: dict[str, Override] = {}
    for pin in sorted(overrides, key=lambda override: (override.from_period_start, override.number)):
        if pin.kind == "pin" and pin.creative_key and pin.creative_key in now.cluster_of:
            latest[pin.creative_key] = pin
    pinned: dict[int, Override] = {}
    for creative_key, pin in latest.items():
        other = pinned.setdefault(now.cluster_of[creative_key], pin)
        if other.approach_id != pin.approach_id:
            raise OverrideError(
                [
                    f"Overrides {other.number} and {pin.number} pin creatives {other.creative_key} and {creative_key} "
                    f"to two approaches, and both are in one cluster in {now.period}. Delete one of them, or give it "
                    "a later from_period_start."
                ]
            )
    return pinned


def _split_back(absent: Sequence[Approach], overrides: Sequence[Override]) -> list[Approach]:
    """Of the absent approaches those to split back, the last active first: creatives are where they were last."""
    wanted = {override.approach_id for override in overrides if override.kind == "split_back"}
    return sorted((a for a in absent if a.approach_id in wanted), key=lambda a: -a.last_active)


def remembered(approaches: Mapping[str, Approach], index: int, rolling_periods: int) -> list[Approach]:
    """Those that can still come back, in the order of their ids."""
    return [a for _, a in sorted(approaches.items()) if index - a.last_active <= rolling_periods]
