"""dbt's parse cache of this project, for copies of it that dbt has not read yet.

dbt compares it with what is in the copy, and reads anew what differs. Of seeds it notes where they are, too.
"""

from pathlib import Path
from typing import Any, Final

import msgpack

CACHE: Final = "partial_parse.msgpack"


class ParsedProject:
    """What dbt wrote when it had parsed the project."""

    def __init__(self, target: Path) -> None:
        self._content: dict[str, Any] = msgpack.unpackb((target / CACHE).read_bytes())

    def put_into(self, project: Path) -> None:
        """Let dbt know it in a copy in which no command has run."""
        target = project / "target"
        if target.exists() or not (project / "dbt_project.yml").is_file():
            return
        target.mkdir()
        for node in self._content["nodes"].values():
            if "root_path" in node:
                node["root_path"] = str(project)
        (target / CACHE).write_bytes(msgpack.packb(self._content))
