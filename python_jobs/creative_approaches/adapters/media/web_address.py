"""Addresses of the web, kept as they are written: many are signed, and one changed character is one too many.

yarl and urllib both put an address into a form of their own: `%2f` becomes `%2F` or `/`, `%7E` becomes `~`, a last `?`
is lost. So an address is taken apart here, by RFC 3986, and yarl only reads who is asked: scheme, host and port.
"""

import re
from typing import Final, NamedTuple, Self
from urllib.parse import quote

from yarl import URL

from creative_approaches.core.media.addresses import is_example
from creative_approaches.core.media.faults import MediaFaultError, Reason

_PARTS: Final = re.compile(r"(?:([^:/?#]+):)?(?://([^/?#]*))?([^?#]*)(\?[^#]*)?", re.DOTALL)  # RFC 3986, appendix B
_SKIPPED: Final = str.maketrans("", "", "\t\n\r")
# What browsers send as it is, of all that ASCII has: https://url.spec.whatwg.org/#percent-encoded-bytes.
_PRINTED: Final = "".join(map(chr, range(0x21, 0x7F)))
_OF_PATHS: Final = _PRINTED.translate(str.maketrans("", "", '"<>^`{}'))
_OF_QUERIES: Final = _PRINTED.translate(str.maketrans("", "", "\"'<>"))


class WebAddress(NamedTuple):
    """What is asked for.

    origin : scheme, host and port.  path : at least `/`.  query : with its `?`; empty without one.
    """

    origin: URL
    path: str
    query: str

    @classmethod
    def of(cls, address: str) -> Self:
        """An absolute address. Raises MediaFaultError for what is none, and for hosts that are only examples."""
        scheme, authority, path, query = _parts(address)
        return cls(_origin(scheme, authority), path or "/", query)

    def to(self, reference: str) -> Self:
        """Where a reference leads from here: RFC 3986, section 5.2. Raises MediaFaultError as `of`."""
        scheme, authority, path, query = _parts(reference)
        if scheme or authority is not None:
            return self._replace(origin=_origin(scheme or self.scheme, authority), path=path or "/", query=query)
        if not path:
            return self._replace(query=query or self.query)
        if not path.startswith("/"):
            path = _without_dots(self.path[: self.path.rindex("/") + 1] + path)
        return self._replace(path=path, query=query)

    @property
    def scheme(self) -> str:
        """In lower case."""
        return self.origin.scheme

    @property
    def host(self) -> str:
        """Its name, in lower case, or its IP address."""
        return (self.origin.host or "").lower().rstrip(".")

    @property
    def url(self) -> URL:
        """For a client that sends it as it is: all of it as a path, since yarl would leave out an empty query."""
        target = self.path + self.query
        return URL.build(scheme=self.scheme, authority=self.origin.raw_authority, path=target, encoded=True)


def _parts(address: str) -> tuple[str | None, str | None, str, str]:
    """Scheme, authority (both None where there is none), path and query, with nothing in it that cannot be sent."""
    match = _PARTS.match(address.strip().translate(_SKIPPED))
    assert match  # each part may be missing
    scheme, authority, path, query = match.groups()
    return scheme, authority, _sent(path, _OF_PATHS), _sent(query or "", _OF_QUERIES)


def _sent(text: str, as_is: str) -> str:
    """Bytes of headers that are no UTF-8 come as lone surrogates, and go as the bytes that they were."""
    return quote(text, safe=as_is, errors="surrogateescape")


def _origin(scheme: str | None, authority: str | None) -> URL:
    try:
        origin = URL(f"{scheme}://{authority or ''}")
        if not (origin.host and origin.port):
            raise ValueError(authority)
    except ValueError:
        raise MediaFaultError(Reason.NOT_AN_ADDRESS, "This is no address of the web.") from None
    if is_example(origin.host.lower().rstrip(".")):
        raise MediaFaultError(Reason.EXAMPLE_HOST)
    return origin


def _without_dots(path: str) -> str:
    kept: list[str] = []
    segments = path.split("/")
    for segment in segments:
        if segment == ".." and len(kept) > 1:
            kept.pop()
        elif segment not in (".", ".."):
            kept.append(segment)
    if segments[-1] in (".", ".."):
        kept.append("")
    return "/".join(kept)
