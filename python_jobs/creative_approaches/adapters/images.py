"""Image bytes from where an image_uri points to."""

from pathlib import Path

MAX_BYTES = 50_000_000


class ImageUnavailableError(Exception):
    """The bytes cannot be had; the message is the reason that is recorded beside the image."""


def load_image(image_uri: str, base_dir: Path) -> bytes:
    """Read a local file: an absolute path, or one relative to the dbt project's directory.

    Raises ImageUnavailableError for other schemes, missing files and files of more than 50 MB.
    """
    if "://" in image_uri:
        scheme = image_uri.split("://", 1)[0]
        raise ImageUnavailableError(f"unsupported scheme {scheme}: only local files are read")
    path = base_dir / image_uri
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ImageUnavailableError("too large: more than 50 MB")
        return path.read_bytes()
    except FileNotFoundError:
        raise ImageUnavailableError("gone: no such file") from None
    except OSError as error:
        raise ImageUnavailableError(f"unreadable: {error.strerror}") from None
