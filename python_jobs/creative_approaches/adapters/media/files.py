"""Bytes of local files.

With the standard library: a filesystem library would open a pipe or a device before it could be told from a file, and
wait for it without end.
"""

import os
import stat
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from creative_approaches.adapters.media.content import Media, MediaRules, too_many_bytes
from creative_approaches.core.media.faults import MediaFaultError, Reason

# Not blocking: opening a pipe that nobody writes to would wait.
_READ: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_file(uri: str, version: str | None, rules: MediaRules) -> Media:
    """Read a path, absolute or from `rules.base_dir`, or a uri with the scheme file.

    version : time and size, as returned before.
    """
    if not rules.allow_local:
        raise MediaFaultError(Reason.LOCAL_FILES_REFUSED)
    try:
        file = os.open(rules.base_dir / _path(uri), _READ)
        try:
            return _read(file, version, rules.max_bytes)
        finally:
            os.close(file)
    except (FileNotFoundError, NotADirectoryError):
        raise MediaFaultError(Reason.GONE) from None
    except OSError as error:
        raise MediaFaultError(Reason.UNREADABLE, f"The file cannot be read: {error.strerror}.") from None
    except ValueError:  # a NUL character
        raise MediaFaultError(Reason.NOT_AN_ADDRESS, "This is no path.") from None


def _read(file: int, version: str | None, max_bytes: int) -> Media:
    found = os.fstat(file)
    if not stat.S_ISREG(found.st_mode):
        raise MediaFaultError(Reason.UNREADABLE, "It is not a regular file.")
    present = f"{found.st_mtime_ns}-{found.st_size}"
    if present == version:
        return Media(None, version)
    if found.st_size > max_bytes:
        raise too_many_bytes(found.st_size, max_bytes)
    with open(file, "rb", closefd=False) as stream:
        content = stream.read(max_bytes + 1)
    if len(content) > max_bytes:  # it grew
        raise too_many_bytes(len(content), max_bytes)
    return Media(content, present)


def _path(uri: str) -> Path:
    if not uri.lower().startswith("file:"):
        return Path(uri)
    parts = urlsplit(uri)
    if parts.netloc not in ("", "localhost"):
        raise MediaFaultError(Reason.NOT_AN_ADDRESS, "A file of another machine is not read.")
    return Path(unquote(parts.path))
