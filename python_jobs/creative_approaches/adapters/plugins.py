"""Implementations of ports that installed packages declare as entry points, this package's own among them.

https://packaging.python.org/en/latest/specifications/entry-points/
"""

from importlib.metadata import entry_points
from typing import Any

from creative_approaches.errors import UsageError


def load_plugin(group: str, name: str, setting: str) -> Any:
    """What the entry point of this name stands for. setting : the var that the name comes from.

    Raises UsageError where there is none or more than one, or where it cannot be imported.
    """
    known = entry_points(group=group)
    found = known.select(name=name)
    if not found:
        names = ", ".join(sorted(known.names))
        raise UsageError(
            f"Var {setting} is {name!r}, and no installed package declares that {setting}. Take one of: {names}; or "
            f"install the package that declares it as an entry point of {group}."
        )
    if len(found) > 1:
        owners = " and ".join(sorted(point.dist.name if point.dist else point.value for point in found))
        raise UsageError(f"The {setting} {name} is declared by {owners}. Uninstall all but one of them.")
    (point,) = found
    try:
        return point.load()
    except (ImportError, AttributeError) as error:
        raise UsageError(
            f"The {setting} {name} cannot be loaded from {point.value}: {error}. Install again the package that "
            "declares it."
        ) from error
