"""Vars that are no setting: dbt would ignore them in silence."""

import difflib
from collections.abc import Iterable
from typing import Final

from creative_approaches.errors import UsageError

# Settings of earlier versions. docs/decisions.md says why the value of each is fixed now.
REMOVED: Final = frozenset(
    {
        "event_share",
        "exact_points",
        "flat_image_below_quality",
        "flat_image_max_colour_difference",
        "flat_image_max_fine_distance",
        "image_fine_hash_size",
        "image_hash_size",
        "image_theme_max_fine_distance",
        "min_clusters",
        "name_exemplars",
        "outlier_reach",
        "rename_overlap",
        "resamples",
        "silhouette_margin",
        "stable_from",
        "video_frame_max_distance",
        "ward_only_below",
    }
)


def check_var_names(given: Iterable[str], known: Iterable[str]) -> None:
    """Refuse vars that no model and no job reads."""
    names = sorted(known)
    for name in given:
        if name in REMOVED:
            raise UsageError(
                f"Var {name} is no setting any more: its value is fixed, docs/decisions.md says why. "
                "Take it out of --vars or dbt_project.yml."
            )
        if name not in names:
            close = difflib.get_close_matches(name, names, n=1)
            hint = f" Did you mean {close[0]}?" if close else ""
            raise UsageError(f"Unknown var {name}.{hint} All vars with their meaning: docs/settings.md.")
