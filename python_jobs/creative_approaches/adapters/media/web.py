"""Bytes from the web, by fsspec's HTTP file system, whose client here connects to public addresses only."""

import socket
from typing import Any, Final

import aiohttp
from fsspec.implementations.http import HTTPFileSystem

from creative_approaches.adapters.media.content import Media, MediaRules
from creative_approaches.adapters.media.hosts import ATTEMPTS, Hosts
from creative_approaches.adapters.media.http import (
    HEADERS,
    ClosedAddressError,
    answer_fault,
    conditions,
    explained,
    read_body,
    version_in,
)
from creative_approaches.adapters.media.web_address import WebAddress
from creative_approaches.core.media.addresses import is_public
from creative_approaches.core.media.faults import MediaFaultError, Reason

REDIRECTS: Final = 5
_REDIRECTING: Final = frozenset({301, 302, 303, 307, 308})


class Web:
    """Loads http and https."""

    def __init__(self, rules: MediaRules, hosts: Hosts) -> None:
        """Nothing is opened yet."""
        self._rules, self._hosts = rules, hosts
        self._allowed = {host.lower() for host in rules.allowed_private_hosts}
        self._public, self._private = (
            HTTPFileSystem(
                asynchronous=True,
                get_client=_client,
                client_kwargs={"rules": rules, "socket_factory": factory},
                skip_instance_cache=True,
            )
            for factory in (_public_socket, _any_socket)
        )

    async def load(self, uri: str, version: str | None) -> Media:
        """Ask for a uri. version : the ETag or the date of the last change, as returned before.

        Of several ETags, joined by commas, the answer says which one it is, if the host does.
        """
        address = WebAddress.of(uri)
        return await self._hosts.ask(address.host, lambda: self._follow(address, version))

    async def close(self) -> None:
        """Close all connections."""
        for filesystem in (self._public, self._private):
            await (await filesystem.set_session()).close()

    async def _follow(self, address: WebAddress, version: str | None) -> Media:
        asked = conditions(version)
        for _ in range(REDIRECTS + 1):
            session = await self._filesystem(address).set_session()
            async with explained(), session.get(address.url, headers=asked, allow_redirects=False) as response:
                if version and response.status == 304:
                    return Media(None, version_in(response, "ETag") or version)
                if response.status not in _REDIRECTING:
                    if fault := answer_fault(response):
                        raise fault
                    present = version_in(response, "ETag") or version_in(response, "Last-Modified")
                    return Media(await read_body(response, self._rules.max_bytes), present)
                address = _next(address, response.headers.get("Location"))
        raise MediaFaultError(Reason.UNREADABLE, f"It is redirected more than {REDIRECTS} times.")

    def _filesystem(self, address: WebAddress) -> HTTPFileSystem:
        return self._private if address.host in self._allowed else self._public


def _next(address: WebAddress, location: str | None) -> WebAddress:
    if not location:
        raise MediaFaultError(Reason.UNREADABLE, "It is redirected to nowhere.")
    target = address.to(location)
    if target.scheme != address.scheme and (address.scheme, target.scheme) != ("http", "https"):
        raise MediaFaultError(
            Reason.UNSAFE_REDIRECT, f"It is redirected from {address.scheme} to {target.scheme[:20]}."
        )
    return target


async def _client(rules: MediaRules, socket_factory: Any, **_: Any) -> aiohttp.ClientSession:
    return aiohttp.ClientSession(
        # How many connections there are at once is up to `Hosts` and to who calls.
        connector=aiohttp.TCPConnector(limit=0, socket_factory=socket_factory),
        timeout=aiohttp.ClientTimeout(sock_connect=rules.timeout_seconds / ATTEMPTS),
        headers=HEADERS,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        trust_env=False,  # a proxy would connect to whatever it is told
    )


def _public_socket(address: tuple[Any, ...]) -> socket.socket:
    """A socket for an address that is about to be connected to, whatever name, spelling or redirect led there."""
    if not is_public(address[4][0]):
        raise ClosedAddressError
    return _any_socket(address)


def _any_socket(address: tuple[Any, ...]) -> socket.socket:
    family, kind, protocol, _, _ = address
    return socket.socket(family, kind, protocol)
