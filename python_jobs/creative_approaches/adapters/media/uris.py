"""What a creative's uri stands for. Tables hold it as it was exported, which is not always as an address should be."""

import json
import re
from typing import Final
from urllib.parse import urlsplit

from creative_approaches.core.media.faults import MediaFaultError, Reason

# `https:` with fewer slashes is a mistake of who wrote it, and no path.
_SCHEME: Final = re.compile(r"([a-z][a-z0-9+.-]*)://|(data|file|https?):", re.IGNORECASE)
_HOST: Final = re.compile(r"(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?/")


def address_in(uri: str) -> str:
    """The one address that a uri stands for: without blanks around it or a JSON list, and with a scheme after `//`.

    Raises MediaFaultError for a list of several and for other JSON.
    """
    address = uri.strip()
    if address.startswith(("[", "{")):
        address = _only_one(address).strip()
    # RFC 3986, section 4.2: the scheme of the page that it was on.
    return f"https:{address}" if address.startswith("//") else address


def scheme_of(address: str) -> str:
    """The scheme in lower case; `file` for a path."""
    match = _SCHEME.match(address)
    return next(group for group in match.groups() if group).lower() if match else "file"


def host_of(uri: str) -> str:
    """The host or bucket that is asked for it; empty for a file."""
    try:
        address = address_in(uri)
        return (urlsplit(with_scheme(address) or address).hostname or "").rstrip(".")
    except (MediaFaultError, ValueError):
        return ""


def with_scheme(address: str) -> str | None:
    """The address on the web of what may be a path or begin with a host, as `cdn.brand.com/a.jpg` may; else None."""
    return f"https://{address}" if _HOST.match(address) else None


def _only_one(text: str) -> str:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return text  # the name of a file may begin like that
    if not isinstance(found, list) or not all(isinstance(address, str) for address in found):
        raise MediaFaultError(Reason.NOT_AN_ADDRESS, "It is JSON, and no list of addresses.")
    if len(found) != 1:
        raise MediaFaultError(
            Reason.SEVERAL_ADDRESSES if found else Reason.NOT_AN_ADDRESS,
            f"It is a list of {len(found)} addresses. Choose one of them where the creatives are read.",
        )
    return str(found[0])
