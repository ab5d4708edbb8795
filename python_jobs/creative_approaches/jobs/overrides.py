"""What people decided about approaches, held against the approaches that there are."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace

import pyarrow as pa

from creative_approaches.core.lineage.overrides import Override, OverrideError, read_overrides, renames_to_one_name
from creative_approaches.errors import DataError

_SEED = "seeds/approach_overrides.csv"


@contextmanager
def refusing() -> Iterator[None]:
    """Turn what is wrong with overrides into a DataError that says where they are."""
    try:
        yield
    except OverrideError as error:
        raise DataError(f"{_SEED} cannot be followed, so nothing was written:\n{error}") from None


def overrides_of(rows: pa.Table) -> list[Override]:
    """The overrides in the order of their numbers. Raises DataError if they contradict each other."""
    with refusing():
        return read_overrides(rows.to_pylist())


def of_versions(overrides: Sequence[Override], creative_of: Mapping[str, str]) -> list[Override]:
    """The overrides with pins of contents instead of creatives.

    creative_of : the creative of each content, by its version_key. A pin of a creative holds for all that it shows, but
    for contents that have a pin of their own. The first content of a creative has the creative's key.
    """
    pinned = {override.creative_key for override in overrides}
    versions_of: dict[str | None, list[str]] = {}
    for version_key, creative_key in creative_of.items():
        if version_key == creative_key or version_key not in pinned:
            versions_of.setdefault(creative_key, []).append(version_key)
    return [
        replace(override, creative_key=version_key)
        for override in overrides
        for version_key in versions_of.get(override.creative_key, [override.creative_key])
    ]


def check_overrides(
    overrides: Sequence[Override], cohort_of: Mapping[str, str], creatives: Mapping[str, Collection[str]]
) -> None:
    """Refuse overrides of what is not there.

    cohort_of : the cohort of each approach.  creatives : by cohort, the keys of those that have a vector in any period,
    and of their contents. Raises DataError.
    """
    problems: list[str] = []
    for override in overrides:
        unknown = [approach_id for approach_id in override.approaches if approach_id not in cohort_of]
        problems += [
            f"Override {override.number} names the approach {approach_id}, which is in no snapshot. "
            "Take the approach_id from dim_approaches, or delete the row."
            for approach_id in unknown
        ]
        if unknown:
            continue
        cohorts = {cohort_of[approach_id] for approach_id in override.approaches}
        if len(cohorts) > 1:
            problems.append(
                f"Override {override.number} merges approaches of two cohorts, {' and '.join(sorted(cohorts))}. "
                "Name two of one cohort."
            )
        if override.creative_key and override.creative_key not in creatives[cohort_of[override.approach_id]]:
            problems.append(
                f"Override {override.number} pins creative {override.creative_key}, which was never clustered in "
                f"{cohort_of[override.approach_id]}, the approach's cohort. "
                "Take the creative_key from fct_approach_members."
            )
    problems += renames_to_one_name(overrides, cohort_of)
    if problems:
        with refusing():
            raise OverrideError(problems)
