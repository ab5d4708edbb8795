"""The jobs in the order of the data: what each does and where it is, without importing any of them.

Importing them all takes seconds, which `approaches --help` should not.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from types import MappingProxyType
from typing import Any, Final


@dataclass(frozen=True)
class Job:
    """A job, found by its function when it is needed.

    does : a sentence for people.  function : "module:name" in this package, of a function that takes a warehouse,
    settings and progress, and returns a JobResult.  estimate : of one that takes a warehouse and settings, and returns
    an Estimate, where the job may cost money.  takes_clock : the function also takes a clock.
    """

    does: str
    function: str
    estimate: str | None = None
    takes_clock: bool = False

    def load(self) -> Callable[..., Any]:
        """The job's function."""
        return _load(self.function)

    def load_estimate(self) -> Callable[..., Any]:
        """What says how much the job would ask of models. Raises ValueError for a job that is free."""
        if self.estimate is None:
            raise ValueError(f"{self.function} costs nothing")
        return _load(self.estimate)


JOBS: Final[Mapping[str, Job]] = MappingProxyType(
    {
        "hash-images": Job("Hash the images that have no hash yet.", "media.hash_images:hash_images", takes_clock=True),
        "hash-videos": Job("Hash the videos that have no hash yet.", "media.hash_videos:hash_videos", takes_clock=True),
        "group-media": Job(
            "Group images and videos that are the same into themes.", "media.themes.group_media:group_media"
        ),
        "annotate": Job(
            "Read the traits of the contents that were not read yet.",
            "annotate.job:annotate",
            "annotate.job:estimate_annotate",
        ),
        "embed": Job("Embed the texts that have no vector yet.", "embed:embed", estimate="embed:estimate_embed"),
        "cluster": Job("Cluster the cohorts and periods that changed.", "cluster.job:cluster"),
        "track": Job("Follow clusters over periods: which approach is which.", "track:track"),
        "name": Job(
            "Name new approaches, and those whose members really changed.", "name.job:name", "name.job:estimate_name"
        ),
        "test-tags": Job("Test which tags and traits set each approach apart.", "test_tags:test_tags"),
    }
)


def _load(place: str) -> Callable[..., Any]:
    module, _, name = place.partition(":")
    found: Callable[..., Any] = getattr(import_module(f"creative_approaches.jobs.{module}"), name)
    return found
