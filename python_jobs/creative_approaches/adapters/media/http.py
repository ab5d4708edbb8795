"""Answers over HTTP, as bytes or as faults."""

import zlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Final

import aiohttp

from creative_approaches.adapters.media.content import PassingFaultError, too_many_bytes
from creative_approaches.core.media.faults import MediaFaultError, Reason

# Without compression a body is as large as it is on the wire. Some hosts compress all the same.
HEADERS: Final = {"User-Agent": "creative-approaches", "Accept": "*/*", "Accept-Encoding": "identity"}
_GZIP: Final = frozenset({"gzip", "x-gzip"})
_GZIP_HEADER: Final = 16 + zlib.MAX_WBITS  # how zlib is told to expect one
_PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
_REFUSALS: Final = frozenset({401, 402, 403, 407, 451})


class ClosedAddressError(OSError):
    """The host is at an address that is not public."""


def answer_fault(response: aiohttp.ClientResponse) -> MediaFaultError | None:
    """What is wrong with an answer; None if its body is what was asked for."""
    status = response.status
    if status == HTTPStatus.OK:
        encoding = _encoding(response)
        if encoding != "identity" and encoding not in _GZIP:
            return MediaFaultError(
                Reason.UNREADABLE, f"Its host answers in content encoding {encoding[:40]}, without being asked to."
            )
        return None
    said = f"Its host answers {status} {_phrase(status)}".rstrip() + "."
    if status in (404, 410):
        return MediaFaultError(Reason.GONE, said)
    if status in _REFUSALS:
        return MediaFaultError(Reason.HOST_REFUSED, said)
    if status in _PASSING:
        return PassingFaultError(Reason.UNREACHABLE, said, _delay(response.headers.get("Retry-After", "")))
    return MediaFaultError(Reason.UNREACHABLE if status >= 500 else Reason.UNREADABLE, said)


def version_in(response: aiohttp.ClientResponse, header: str) -> str | None:
    """What a header calls the bytes of an answer; None if it is missing, or is no text that can be stored and shown."""
    version = response.headers.get(header)
    return (
        version if version and version.isprintable() else None
    )  # lone surrogates, of bytes that are no UTF-8, are not


def conditions(version: str | None) -> dict[str, str]:
    """Headers that ask for the bytes only if they are not of this version: an entity tag, several, or a date."""
    if not version:
        return {}
    # RFC 9110, section 5.6.7: a date ends with its zone, which is this one.
    return {"If-Modified-Since" if version.endswith(" GMT") else "If-None-Match": version}


async def read_body(response: aiohttp.ClientResponse, max_bytes: int) -> bytes:
    """The body, unpacked where it is in gzip, of which never more than the limit is kept."""
    declared = response.content_length
    if declared is not None and declared > max_bytes:
        raise too_many_bytes(declared, max_bytes)
    unpacker = zlib.decompressobj(_GZIP_HEADER) if _encoding(response) in _GZIP else None
    pieces, size = [], 0
    async for piece in response.content.iter_any():
        if unpacker:
            piece = _unpacked(unpacker, piece, max_bytes + 1 - size)
        pieces.append(piece)
        size += len(piece)
        if size > max_bytes:
            raise too_many_bytes(size, max_bytes)
    if unpacker and not unpacker.eof:
        raise MediaFaultError(Reason.UNREADABLE, "Its host compresses it by gzip, and it is cut off.")
    return b"".join(pieces)


def _encoding(response: aiohttp.ClientResponse) -> str:
    return response.headers.get("Content-Encoding", "identity").strip().lower()


def _unpacked(unpacker: "zlib._Decompress", piece: bytes, most: int) -> bytes:
    """At most so many bytes of a body. What may come after its end is left out, as browsers do."""
    try:
        return unpacker.decompress(piece, most)
    except zlib.error:
        raise MediaFaultError(
            Reason.UNREADABLE, "Its host says that it is compressed by gzip, and it is not."
        ) from None


@asynccontextmanager
async def explained() -> AsyncIterator[None]:
    """Errors of the connection as faults."""
    try:
        yield
    except (aiohttp.InvalidURL, UnicodeError):
        raise MediaFaultError(Reason.NOT_AN_ADDRESS, "This is no address of the web.") from None
    except aiohttp.ClientConnectorCertificateError as error:
        raise MediaFaultError(Reason.UNREACHABLE, f"Its host's certificate is not trusted: {_reason(error)}.") from None
    except aiohttp.ClientSSLError:
        raise MediaFaultError(Reason.UNREACHABLE, "Its host does not speak TLS as it should.") from None
    except aiohttp.ClientConnectorError as error:
        if isinstance(error.os_error, ClosedAddressError):
            raise MediaFaultError(Reason.PRIVATE_ADDRESS) from None
        if isinstance(error, aiohttp.ClientConnectorDNSError):
            raise PassingFaultError(Reason.UNREACHABLE, "The name of its host is not known.") from None
        raise PassingFaultError(Reason.UNREACHABLE, "There is no connection to its host.") from None
    except aiohttp.ServerTimeoutError:
        raise PassingFaultError(Reason.UNREACHABLE, "Its host does not answer.") from None
    except (aiohttp.ClientConnectionError, aiohttp.ClientPayloadError, OSError):
        raise PassingFaultError(Reason.UNREACHABLE, "The connection broke.") from None
    except (aiohttp.ClientError, ValueError):
        raise MediaFaultError(Reason.UNREADABLE, "Its host's answer is not HTTP.") from None


def _phrase(status: int) -> str:
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return ""


def _delay(retry_after: str) -> float | None:
    """Seconds that a header Retry-After asks to wait, RFC 9110, section 10.2.3."""
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        return max(0.0, (parsedate_to_datetime(retry_after) - datetime.now(UTC)).total_seconds())
    except (TypeError, ValueError):
        return None


def _reason(error: aiohttp.ClientConnectorCertificateError) -> str:
    return str(getattr(error.certificate_error, "verify_message", "") or "it does not fit")
