"""Which settings dbt and each job read."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Self, get_type_hints

from creative_approaches.settings.approaches import ClusteringSettings, LineageSettings, TagTestSettings
from creative_approaches.settings.data import (
    CohortSettings,
    DemoSettings,
    PeriodSettings,
    QualitySettings,
    RawSettings,
)
from creative_approaches.settings.media import ImageSettings, ImageThemeSettings, LoadingSettings, VideoSettings
from creative_approaches.settings.models import (
    AnnotatorModelSettings,
    AnnotatorSettings,
    BackendSettings,
    EmbeddingSettings,
    GeminiSettings,
    MixSettings,
    NamingSettings,
    RepeatSettings,
    SourceSettings,
)
from creative_approaches.settings.names import check_var_names
from creative_approaches.settings.schema import Group, Setting, own_settings, setting, settings_of
from creative_approaches.settings.trends import FatigueSettings, TrendSettings


@dataclass(frozen=True)
class DbtSettings(
    DemoSettings,
    RawSettings,
    CohortSettings,
    PeriodSettings,
    QualitySettings,
    AnnotatorSettings,
    SourceSettings,
    TrendSettings,
    FatigueSettings,
    ImageThemeSettings,
):
    """Models, macros and tests of dbt."""


@dataclass(frozen=True)
class ReaderSettings(AnnotatorModelSettings, BackendSettings):
    """Who says what creatives do."""


@dataclass(frozen=True)
class MediaSettings(DemoSettings, LoadingSettings, ReaderSettings):
    """What the jobs that load media share. Whether they keep copies of media is up to who reads them."""


@dataclass(frozen=True)
class HashImagesSettings(MediaSettings, ImageSettings):
    """Job hash-images."""


@dataclass(frozen=True)
class HashVideosSettings(MediaSettings, VideoSettings):
    """Job hash-videos."""


@dataclass(frozen=True)
class AnnotateSettings(ReaderSettings, RepeatSettings, SourceSettings, GeminiSettings):
    """Job annotate."""


@dataclass(frozen=True)
class VectorSettings(EmbeddingSettings, BackendSettings):
    """Which vectors the texts have."""


@dataclass(frozen=True)
class EmbedSettings(VectorSettings, GeminiSettings):
    """Job embed."""


@dataclass(frozen=True)
class ClusterSettings(ReaderSettings, SourceSettings, MixSettings, VectorSettings, ClusteringSettings, PeriodSettings):
    """Job cluster."""

    title = ClusteringSettings.title

    cluster_processes: int | None = setting(None, "Processes that cluster; `null`: one per core.", least=1, most=256)


@dataclass(frozen=True)
class TrackSettings(LineageSettings, PeriodSettings):
    """Job track."""


@dataclass(frozen=True)
class NameSettings(NamingSettings, ReaderSettings, GeminiSettings):
    """Job name."""


@dataclass(frozen=True)
class TestTagsSettings(TagTestSettings, ReaderSettings):
    """Job test-tags."""


@dataclass(frozen=True)
class Settings:
    """The settings of each reader, by its name in snake case."""

    dbt: DbtSettings
    hash_images: HashImagesSettings
    hash_videos: HashVideosSettings
    annotate: AnnotateSettings
    embed: EmbedSettings
    cluster: ClusterSettings
    track: TrackSettings
    name: NameSettings
    test_tags: TestTagsSettings

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """What these vars say; those that are not among them are as declared.

        Raises UsageError for an unknown var, and for one that has a value that it may not have.
        """
        check_var_names(values, SETTINGS)
        return cls(**{reader: group.of(values) for reader, group in _readers().items()})


# In the order in which people read them.
GROUPS: Final[tuple[type[Group], ...]] = (
    DemoSettings,
    RawSettings,
    CohortSettings,
    PeriodSettings,
    QualitySettings,
    LoadingSettings,
    ImageSettings,
    VideoSettings,
    AnnotatorSettings,
    AnnotatorModelSettings,
    RepeatSettings,
    SourceSettings,
    MixSettings,
    EmbeddingSettings,
    BackendSettings,
    GeminiSettings,
    ClusteringSettings,
    ClusterSettings,
    LineageSettings,
    NamingSettings,
    TagTestSettings,
    TrendSettings,
    FatigueSettings,
    ImageThemeSettings,
)
SETTINGS: Final[Mapping[str, Setting]] = {known.name: known for group in GROUPS for known in own_settings(group)}


def readers_of(name: str) -> list[str]:
    """Who reads a setting: dbt, or jobs by their names."""
    return [
        reader.replace("_", "-")
        for reader, group in _readers().items()
        if name in {known.name for known in settings_of(group)}
    ]


def _readers() -> dict[str, Any]:
    return get_type_hints(Settings)
