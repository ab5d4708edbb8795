"""How images and videos are loaded, hashed and compared."""

from dataclasses import dataclass

from creative_approaches.settings.schema import Group, setting


@dataclass(frozen=True)
class LoadingSettings(Group):
    """What may be loaded, and how often. It holds for images and videos."""

    title = "Media"

    image_recheck_days: int | None = setting(
        30,
        "After so many days a file is asked for again, and hashed again if it changed; `null`: never.",
        unit="days",
        least=0,
    )
    keep_thumbnails: bool = setting(
        True,
        "Whether a small picture of each image and video is kept, to be seen when its address leads nowhere any more.",
    )
    keep_reading_copies: bool = setting(
        True,
        "Whether a picture of each image, and some of each video, are kept until the annotator has read what shows "
        "them, where it looks at pictures, as `gemini` does. Without them it reads texts alone.",
    )
    allow_local_media: bool | None = setting(
        None,
        "Whether files of the machine that runs the job are read; `null`: where the warehouse is such a file too, and "
        "for the demo.",
    )
    allowed_private_hosts: tuple[str, ...] = setting(
        (),
        "Names of hosts that may be at private addresses, such as a company's own image server.",
        fewest=0,
    )


@dataclass(frozen=True)
class ImageSettings(Group):
    """Limits of loading and hashing images."""

    title = "Images"

    image_max_megabytes: float = setting(
        50, "Larger files are not loaded.", unit="millions of bytes", above=0, most=2000
    )
    image_max_megapixels: float = setting(
        50, "Larger pictures are not decoded.", unit="millions of pixels", above=0, most=170
    )
    image_timeout_seconds: float = setting(
        30, "Time to load one file, over all attempts.", unit="seconds", above=0, most=3600
    )
    image_connections: int = setting(
        32, "Files that are in memory at once, a quarter of them from one host.", unit="files", least=1, most=512
    )
    image_processes: int | None = setting(None, "Processes that hash; `null`: one per core.", least=1, most=256)


@dataclass(frozen=True)
class VideoSettings(Group):
    """Limits of loading and hashing videos."""

    title = "Videos"

    video_max_megabytes: float = setting(
        200, "Larger files are not loaded.", unit="millions of bytes", above=0, most=2000
    )
    video_max_seconds: float = setting(600, "Longer videos are not hashed.", unit="seconds", above=0, most=7200)
    video_timeout_seconds: float = setting(
        120, "Time to load one file, over all attempts.", unit="seconds", above=0, most=3600
    )
    video_processes: int | None = setting(
        None,
        "Processes that decode videos, each beside two that are loaded; `null`: one per core.",
        least=1,
        most=256,
    )


@dataclass(frozen=True)
class ImageThemeSettings(Group):
    """When media are the same picture or film. docs/near-duplicates.md has the figures behind them."""

    title = "Image themes"

    image_theme_max_distance: int = setting(
        8,
        "How far the pHashes or the dHashes of two images may differ for the images to be compared closely. Up to 8, "
        "a million images take a minute or two in DuckDB.",
        unit="bits of 64",
        least=0,
        most=14,
    )
    place_by_image_theme: bool = setting(
        True,
        "A creative that cannot be clustered, because it has no text, joins the approach of most creatives of its "
        "cohort and period that show its picture.",
    )
    video_min_matched_share: float = setting(
        0.6,
        "Part of the shorter of two videos that the other must show, in the same order, for both to be one film.",
        least=0,
        most=1,
    )
