"""Images on their way from their stores through the processes that hash them, a bounded number at a time."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from queue import SimpleQueue
from types import TracebackType
from typing import Any, Self

from creative_approaches.adapters.media.content import MediaFaultError, MediaRules
from creative_approaches.adapters.media.loader import MediaLoader
from creative_approaches.jobs.media.image_worker import TRUNCATED, HashRules, Row, failure, hash_bytes
from creative_approaches.jobs.process_pool import process_pool

Found = Iterator[tuple["Asked", Row | None]]


@dataclass(frozen=True)
class Asked:
    """An image to ask for. version : of the bytes whose hashes are known; None if none are."""

    uri: str
    version: str | None


class ImageStream:
    """Loads and hashes images.

    At most `media.connections` are in memory, from the first byte to the last hash, each of at most `media.max_bytes`.
    They are hashed in processes of their own, even if in one: a decoder that crashes on one does not take the run
    with it.
    """

    def __init__(self, media: MediaRules, hashing: HashRules, processes: int) -> None:
        """Nothing is started before the first image."""
        self._connections = media.connections
        self._loader = MediaLoader(media)
        self._workers = _Workers(hashing, processes)

    def rows(self, asked: Iterable[Asked], hashes_of: Callable[[str], Row | None]) -> Found:
        """Each image, as they come, with columns of its row; None if its bytes are as before.

        hashes_of : the columns that follow from bytes seen before, by their SHA-256.
        """
        finished: SimpleQueue[Callable[[], Found]] = SimpleQueue()
        hashing: dict[str, list[tuple[Asked, Row]]] = {}
        in_flight = 0

        def load(image: Asked) -> None:
            future = self._loader.load(image.uri, image.version)
            future.add_done_callback(lambda done: finished.put(lambda: loaded(image, done)))

        def loaded(image: Asked, future: Future[Any]) -> Found:
            try:
                media = future.result()
            except MediaFaultError as fault:
                yield image, failure(fault.reason, fault.detail) | {"content_bytes": fault.size}
                return
            content = media.content
            if content is None:
                yield image, None
                return
            digest = sha256(content).hexdigest()
            row = {"content_sha256": digest, "content_version": media.version, "content_bytes": len(content)}
            if hashes := hashes_of(digest):
                yield image, row | hashes
            elif digest in hashing:
                hashing[digest].append((image, row))
            else:
                hashing[digest] = [(image, row)]
                work = self._workers.submit(content)
                work.add_done_callback(lambda done: finished.put(lambda: hashed(digest, content, done)))

        def hashed(digest: str, content: bytes, future: Future[Row]) -> Found:
            try:
                hashes = future.result()
            except BrokenProcessPool:  # by this image, or by another that was there at the same time
                hashes = self._workers.alone(content)
            for image, row in hashing.pop(digest):
                yield image, row | hashes

        waiting = iter(asked)
        while True:
            while in_flight < self._connections and (image := next(waiting, None)):
                load(image)
                in_flight += 1
            if not in_flight:
                return
            for result in finished.get()():
                in_flight -= 1
                yield result

    def __enter__(self) -> Self:
        """Start loading."""
        self._loader.__enter__()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Stop what is still under way."""
        try:
            self._loader.__exit__(kind, error, trace)
        finally:
            self._workers.close(kind, error, trace)


class _Workers:
    """Processes that hash, started when there is something to hash, and anew when one of them died."""

    def __init__(self, rules: HashRules, processes: int) -> None:
        self._rules = rules
        self._all, self._single = _Pool(processes), _Pool(1)

    def submit(self, content: bytes) -> Future[Row]:
        try:
            return self._all.executor().submit(hash_bytes, content, self._rules)
        except BrokenProcessPool:
            self._all.close()
            return self.submit(content)

    def alone(self, content: bytes) -> Row:
        try:
            return self._single.executor().submit(hash_bytes, content, self._rules).result()
        except BrokenProcessPool:
            self._single.close()
            return failure(TRUNCATED, "It is damaged so that its decoder crashes or does not come to an end.")

    def close(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for pool in (self._all, self._single):
            pool.close(kind, error, trace)


class _Pool:
    """A process pool that can be closed and opened again."""

    def __init__(self, processes: int) -> None:
        self._processes = processes
        self._stack = ExitStack()
        self._executor: Executor | None = None

    def executor(self) -> Executor:
        if self._executor is None:
            self._executor = self._stack.enter_context(process_pool(self._processes))
        return self._executor

    def close(
        self, kind: type | None = None, error: BaseException | None = None, trace: TracebackType | None = None
    ) -> None:
        self._executor = None
        self._stack.__exit__(kind, error, trace)
