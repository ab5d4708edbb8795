"""One frozen, validated object: every knob of the jobs with its unit and range.

The values have one home, the vars in `dbt_project.yml`. dbt renders them into the `meta` of each job's exposure,
so that `--vars`, targets and packages work as they do for models.
"""

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from creative_approaches.core.clustering.rules import ClusteringRules
from creative_approaches.core.lineage.matching import LineageRules
from creative_approaches.core.periods import Grain
from creative_approaches.core.tags.associations import TagFamily
from creative_approaches.errors import UsageError


class _Settings(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class MediaSettings(_Settings):
    """What the jobs that load media share."""

    image_recheck_days: int | None = Field(ge=0, description="Days after which a file is asked for again; null: never.")
    allow_local_media: bool | None = Field(description="Whether files are read; null: where the warehouse is one.")
    allowed_private_hosts: list[str] = Field(description="Hosts that may be at addresses that are not public.")
    demo_data: bool = Field(description="Whether the media are those of the demo.")


class HashImagesSettings(MediaSettings):
    """Job hash-images."""

    image_hash_size: int = Field(ge=4, le=8, description="Bits per side of ahash, dhash and phash.")
    image_fine_hash_size: int = Field(ge=8, le=16, description="Bits per side of the fine hashes.")
    image_max_megabytes: float = Field(gt=0, le=2000, description="Size of a file, in millions of bytes.")
    image_max_megapixels: float = Field(gt=0, le=170, description="Size of a picture, in millions of pixels.")
    image_timeout_seconds: float = Field(gt=0, le=3600, description="Time to load one file, over all attempts.")
    image_connections: int = Field(ge=1, le=512, description="Files that are in memory at once.")
    image_processes: int | None = Field(ge=1, le=256, description="Processes that hash; null: one per core.")


class HashVideosSettings(MediaSettings):
    """Job hash-videos."""

    video_max_megabytes: float = Field(gt=0, le=2000, description="Size of a file, in millions of bytes.")
    video_max_seconds: float = Field(gt=0, le=7200, description="Length of a film.")
    video_timeout_seconds: float = Field(gt=0, le=3600, description="Time to load one file, over all attempts.")
    video_processes: int | None = Field(ge=1, le=256, description="Processes that decode; null: one per core.")


class BackendSettings(_Settings):
    """Where Gemini is asked."""

    gemini_backend: Literal["developer", "vertex"] = Field(description="Developer API, or Vertex AI.")


class GeminiSettings(BackendSettings):
    """What the jobs that may ask Gemini share."""

    gemini_project: str | None = Field(
        description="Vertex AI: Google Cloud project; null: the target's or the machine's."
    )
    gemini_location: str = Field(pattern="^[a-z0-9-]+$", description="Vertex AI: location.")
    gemini_connections: int = Field(ge=1, le=256, description="Requests that are under way at once.")
    gemini_timeout_seconds: float = Field(gt=0, le=3600, description="Time for one answer.")
    gemini_patience_seconds: float = Field(gt=0, le=86_400, description="Time for one request, over all attempts.")
    max_cost_usd: float | None = Field(ge=0, description="Estimated US dollars that one job may spend; null: no limit.")
    max_requests: int | None = Field(ge=0, description="Requests that one job may send; null: no limit.")


class VectorSettings(BackendSettings):
    """Which vectors the texts have."""

    embedder: str = Field(min_length=1, description="What turns a text into a vector: an entry point's name.")
    embedding_model: str | None = Field(min_length=1, description="The embedder's model; null: its own default.")
    embedding_dimensions: int | None = Field(ge=2, le=16_000, description="Numbers per vector; null: the usual number.")


class EmbedSettings(VectorSettings, GeminiSettings):
    """Job embed."""


class ClusterSettings(VectorSettings):
    """Job cluster."""

    selection: Literal["coverage", "silhouette_margin"] = Field(description="How the candidates compete.")
    ward_only_below: int = Field(ge=2, description="Distinct texts; HDBSCAN does not compete below.")
    min_clusters: int = Field(ge=2, description="Fewest clusters that a sweep tries.")
    max_clusters: int = Field(ge=2, le=500, description="Most clusters that a sweep tries.")
    min_cluster_size: int = Field(ge=2, description="Distinct texts in the smallest cluster.")
    silhouette_margin: float = Field(ge=0, le=2, description="What HDBSCAN's silhouette must win by.")
    resamples: int = Field(ge=0, le=30, description="Resamplings that measure stability.")
    outlier_reach: float = Field(ge=0, description="Radii of a cluster within which an outlier joins it.")
    max_outlier_spend: float = Field(ge=0, le=1, description="Share of spend that outliers may hold.")
    max_themes: int = Field(ge=2, le=500, description="Approaches above which a cohort has themes of approaches.")
    exact_points: int = Field(ge=100, le=20_000, description="Distinct texts up to which every pair is compared.")
    collapse_identical: bool = Field(description="Whether identical texts count as one.")
    cluster_processes: int | None = Field(ge=1, le=256, description="Processes; null: one per core.")
    closed_after_periods: int | None = Field(ge=1, description="Periods after which history stays; null: never.")
    period_grain: Grain = Field(description="Length of a period.")

    @property
    def rules(self) -> ClusteringRules:
        """The settings that decide how one cohort is clustered."""
        return ClusteringRules(**self.model_dump(include={field.name for field in fields(ClusteringRules)}))

    @model_validator(mode="after")
    def _sweep_is_not_empty(self) -> Self:
        if self.min_clusters > self.max_clusters:
            raise UsageError(
                f"Var min_clusters is {self.min_clusters}, above max_clusters, {self.max_clusters}. "
                "Lower the first or raise the second."
            )
        if self.min_clusters >= self.exact_points:
            raise UsageError(
                f"Var min_clusters is {self.min_clusters}, not below exact_points, {self.exact_points}. "
                "Lower the first or raise the second."
            )
        return self


class TrackSettings(_Settings):
    """Job track."""

    period_grain: Grain = Field(description="Length of a period.")
    continue_overlap: float = Field(gt=0, le=1, description="Jaccard overlap that continues an approach.")
    continue_distance: float = Field(ge=0, le=2, description="Cosine distance up to which few members are believed.")
    theme_distance: float = Field(ge=0, le=2, description="Cosine distance up to which centroids decide; 0: never.")
    event_share: float = Field(gt=0, le=1, description="Share of members that makes a split or a merge.")
    rolling_periods: int = Field(ge=1, le=366, description="Periods that an absent approach is remembered.")
    closed_after_periods: int | None = Field(ge=1, description="Periods after which history stays; null: never.")

    @property
    def rules(self) -> LineageRules:
        """The settings that decide which cluster continues which approach."""
        return LineageRules(**self.model_dump(include={field.name for field in fields(LineageRules)}))


class NameSettings(GeminiSettings):
    """Job name."""

    namer: str = Field(min_length=1, description="What names an approach: an entry point's name.")
    name_model: str = Field(min_length=1, description="Gemini's model that names.")
    name_language: str = Field(
        pattern=r"^[^\W\d_][\w ()-]{1,39}$", description="Language of the names that Gemini gives."
    )
    name_exemplars: int = Field(ge=1, le=50, description="Members nearest the centroid that a name is built from.")
    rename_overlap: float = Field(ge=0, le=1, description="Jaccard overlap below which an approach is renamed.")


class TagTestSettings(_Settings):
    """Job test-tags."""

    tag_max_q: float = Field(gt=0, le=1, description="False discovery rate.")
    tag_min_support: int = Field(ge=1, description="Creatives that must carry a tag.")
    tag_family: TagFamily = Field(description="Tests that the false discovery rate is held over.")


class Settings(_Settings):
    """The settings of every job that has any."""

    hash_images: HashImagesSettings
    hash_videos: HashVideosSettings
    embed: EmbedSettings
    cluster: ClusterSettings
    track: TrackSettings
    name: NameSettings
    test_tags: TagTestSettings


def load_settings(by_job: Mapping[str, Mapping[str, Any]]) -> Settings:
    """Validate the vars of each job, keyed by job name in snake case.

    Raises UsageError naming the var, its value and its range.
    """
    try:
        return Settings.model_validate(by_job)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        name = first["loc"][-1]
        raise UsageError(
            f"Var {name} is {first['input']!r}: {_lower_first(first['msg'])}. "
            "Correct it in dbt_project.yml or --vars and run the same command again."
        ) from None


def check_var_names(given: Iterable[str], known: Iterable[str]) -> None:
    """Refuse vars that no model and no job reads, which dbt would ignore in silence."""
    names = sorted(known)
    for name in given:
        if name not in names:
            close = difflib.get_close_matches(name, names, n=1)
            hint = f" Did you mean {close[0]}?" if close else ""
            raise UsageError(f"Unknown var {name}.{hint} All vars with their meaning: dbt_project.yml.")


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]
