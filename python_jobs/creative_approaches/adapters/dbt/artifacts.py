"""dbt's files in its target folder, when several processes may be at work in one checkout.

dbt writes them in place. What it reads again is only what it knows of a parsed project; tools read the rest. So a
command parses in a folder of its own, and every file arrives in the common one by a rename: who reads it has all of the
old one or all of the new.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from time import time
from typing import Any, Final

PARSED: Final = "partial_parse.msgpack"
_OWN: Final = ".approaches-"  # names of such folders begin with it
_DAY: Final = 86_400  # seconds; no command reads or writes these files for so long


@contextmanager
def own_folder(target: Path, *begin_with: str) -> Iterator[Path]:
    """A folder that begins with copies of files of the target folder, and whose files all go there in the end."""
    target.mkdir(parents=True, exist_ok=True)
    for left in target.glob(f"{_OWN}*"):  # by a command that was killed
        with suppress(FileNotFoundError):
            if time() - left.stat().st_mtime > _DAY:
                shutil.rmtree(left, ignore_errors=True)
    with TemporaryDirectory(prefix=_OWN, dir=target) as folder:  # beside them: a rename crosses no disks
        own = Path(folder)
        for name in begin_with:
            with suppress(FileNotFoundError):
                shutil.copy2(target / name, own / name)
        yield own
        for path in own.iterdir():
            if path.is_file():
                path.replace(target / path.name)


def write_artifacts(target: Path, manifest: Any, result: Any) -> None:
    """Write what dbt leaves for tools of a command: its manifests and its results."""
    from dbt.parser.manifest import write_manifest

    with own_folder(target) as own:
        write_manifest(manifest, str(own))
        if hasattr(result, "write"):
            result.write(str(own / "run_results.json"))
