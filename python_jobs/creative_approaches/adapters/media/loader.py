"""Bytes of images and videos from where a uri points to: files, the web, Google Cloud Storage.

What a uri says comes from a table that others write. It can reach public hosts, what the account of the job may read in
Google Cloud Storage, and, only where that is allowed, files of this machine and hosts of its network.
"""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Thread
from types import TracebackType
from typing import Any, Self

from creative_approaches.adapters.media.content import Media, MediaRules
from creative_approaches.adapters.media.files import read_file
from creative_approaches.adapters.media.hosts import Hosts
from creative_approaches.adapters.media.storage import Storage
from creative_approaches.adapters.media.uris import address_in, scheme_of, with_scheme
from creative_approaches.adapters.media.web import Web
from creative_approaches.core.media.faults import MediaFaultError, Reason
from creative_approaches.errors import ApproachesError


class MediaLoader:
    """Loads media on a thread of its own, as many at once as it is asked for.

    Who calls bounds the memory: each file that is loading or loaded takes up to `rules.max_bytes`.
    """

    def __init__(self, rules: MediaRules) -> None:
        """Nothing is opened before the first uri is asked for."""
        self._rules = rules
        self._hosts = Hosts(rules)
        self._web = Web(rules, self._hosts)
        self._storage: asyncio.Task[Storage] | None = None
        self._loop = asyncio.new_event_loop()
        self._loop.set_default_executor(ThreadPoolExecutor(rules.connections, "media"))
        self._thread = Thread(target=self._loop.run_forever, name="media", daemon=True)

    def load(self, uri: str, version: str | None = None) -> Future[Media]:
        """The bytes of a uri, or none if they are still those of a version returned before.

        The future raises MediaFaultError, or UsageError where a package is missing.
        """
        return self._run(self._load(uri, version))

    async def _load(self, uri: str, version: str | None) -> Media:
        try:
            return await self._load_by_scheme(address_in(uri), version)
        except (MediaFaultError, ApproachesError):
            raise
        except Exception as error:  # one strange uri or answer must not stop the others
            raise MediaFaultError(
                Reason.UNREADABLE, f"Loading it failed unexpectedly: {type(error).__name__}."
            ) from error

    async def _load_by_scheme(self, address: str, version: str | None) -> Media:
        scheme = scheme_of(address)
        if scheme in ("http", "https"):
            return await self._web.load(address, version)
        if scheme in ("gs", "gcs"):
            if self._storage is None:
                # On a thread: looking for credentials may ask the network.
                self._storage = asyncio.create_task(asyncio.to_thread(Storage, self._rules, self._hosts))
            storage = await asyncio.shield(self._storage)
            return await storage.load(address, version)
        if scheme == "file":
            return await self._load_path(address, version)
        raise MediaFaultError(Reason.UNKNOWN_SCHEME, f"Scheme {scheme[:20]} is not read: https, gs and files are.")

    async def _load_path(self, path: str, version: str | None) -> Media:
        try:
            return await self._read_file(path, version)
        except MediaFaultError as fault:
            on_the_web = with_scheme(path)
            if not on_the_web or fault.reason not in (Reason.GONE, Reason.LOCAL_FILES_REFUSED):
                raise
            return await self._web.load(on_the_web, version)

    async def _read_file(self, path: str, version: str | None) -> Media:
        seconds = self._rules.timeout_seconds
        try:
            async with asyncio.timeout(seconds):
                return await asyncio.to_thread(read_file, path, version, self._rules)
        except TimeoutError:  # a network drive
            raise MediaFaultError(Reason.TIMEOUT, f"It was not there within {seconds:g} seconds.") from None

    def _run(self, coroutine: Coroutine[Any, Any, Any]) -> Future[Any]:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop)

    async def _close(self) -> None:
        tasks = asyncio.all_tasks() - {asyncio.current_task()}
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._web.close()
        if self._storage and not self._storage.cancelled() and not self._storage.exception():
            await self._storage.result().close()

    def __enter__(self) -> Self:
        """Start the thread."""
        self._thread.start()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Stop what is still loading, and close all connections."""
        self._run(self._close()).result()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()
