"""Identifiers made from content: the same parts give the same id on every machine, in every run."""

import hashlib
import json
import uuid
from typing import Final

NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "creative-approaches")


def _joined(parts: tuple[str, ...]) -> str:
    # JSON quotes every part, so ("a", "bc") and ("ab", "c") stay different whatever the parts contain.
    if not parts:
        raise ValueError("an id needs at least one part")
    return json.dumps(parts)


def stable_id(*parts: str) -> str:
    """A UUID (version 5) of the parts, in their order. Raises ValueError without any part."""
    return str(uuid.uuid5(NAMESPACE, _joined(parts)))


def content_hash(*parts: str) -> str:
    """The SHA-256 of the parts, in their order, as 64 hex digits. Raises ValueError without any part."""
    return hashlib.sha256(_joined(parts).encode()).hexdigest()
