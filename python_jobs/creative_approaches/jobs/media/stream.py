"""Media on their way from their stores through the processes that decode them, a bounded number at a time."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import ExitStack
from dataclasses import dataclass, field
from hashlib import sha256
from queue import SimpleQueue
from types import TracebackType
from typing import Self

from creative_approaches.adapters.media.content import Media
from creative_approaches.adapters.media.loader import MediaLoader
from creative_approaches.core.media.faults import MediaFaultError
from creative_approaches.jobs.media.decoders import FAILED, Decoded, Decoders, Row, failed
from creative_approaches.jobs.media.known_elsewhere import Known
from creative_approaches.jobs.media.medium import Medium


@dataclass(frozen=True)
class Asked:
    """A file to ask for.

    version : of the bytes whose hashes are known; None if none are.
    elsewhere : where none are, those of other addresses of the same place, by their version.
    """

    uri: str
    version: str | None
    elsewhere: Mapping[str, Known] = field(default_factory=dict)


Found = Iterator[tuple[Asked, Decoded | None]]


class MediaStream:
    """Loads and decodes media.

    At most `medium.in_memory` files are there at once, from the first byte to the last hash, each of at most
    `medium.loading.max_bytes`. They are decoded in processes of their own, even if in one: a decoder that crashes does
    not take the run with it.
    """

    def __init__(self, medium: Medium, processes: int) -> None:
        """Start nothing before the first file."""
        self._in_memory = medium.in_memory
        self._loader = MediaLoader(medium.loading)
        self._decoders = Decoders(medium.decode, medium.seconds, processes)
        self._stack = ExitStack()
        self._failed: dict[str, Decoded] = {}

    def found(self, asked: Iterable[Asked], copy: Callable[[str, str], Decoded | None]) -> Found:
        """Each file, as they come, with what is to be written of it; None if its bytes are as before.

        copy : what follows from bytes that were decoded before, by the uri that has them now and their SHA-256.
        The same bytes are decoded once in a call, and once in all calls if they cannot be decoded.
        """
        finished: SimpleQueue[Callable[[], Found]] = SimpleQueue()
        decoded_now: dict[str, Decoded] = {}
        waiting: dict[str, list[tuple[Asked, Row]]] = {}
        again: list[Asked] = []

        def load(file: Asked) -> None:
            future = self._loader.load(file.uri, file.version or ", ".join(file.elsewhere) or None)
            future.add_done_callback(lambda done: finished.put(lambda: loaded(file, done)))

        def loaded(file: Asked, future: Future[Media]) -> Found:
            try:
                media = future.result()
            except MediaFaultError as fault:
                yield file, failed(fault)
                return
            content = media.content
            if content is None and file.version:
                yield file, None
                return
            if content is None:
                known = file.elsewhere.get(media.version or "")
                before = known and copy(file.uri, known.content_sha256)
                if known and before:
                    yield file, _with({**known._asdict(), "content_version": media.version}, before)
                else:  # the host does not say which of the versions it is
                    again.append(Asked(file.uri, None))
                return
            digest = sha256(content).hexdigest()
            stored = {"content_sha256": digest, "content_version": media.version, "content_bytes": len(content)}
            before = self._failed.get(digest) or decoded_now.get(digest) or copy(file.uri, digest)
            if before:
                yield file, _with(stored, before)
            elif digest in waiting:
                waiting[digest].append((file, stored))
            else:
                waiting[digest] = [(file, stored)]
                work = self._decoders.submit(content)
                work.add_done_callback(lambda done: finished.put(lambda: decoded(digest, done)))

        def decoded(digest: str, future: Future[Decoded]) -> Found:
            found = future.result()
            (self._failed if found.columns["status"] == FAILED else decoded_now)[digest] = found
            for file, stored in waiting.pop(digest):
                yield file, _with(stored, found)

        left, in_memory = iter(asked), 0
        while True:
            while again:
                load(again.pop())
            while in_memory < self._in_memory and (file := next(left, None)):
                load(file)
                in_memory += 1
            if not in_memory:
                return
            for result in finished.get()():
                in_memory -= 1
                yield result

    def __enter__(self) -> Self:
        """Start loading."""
        self._stack.enter_context(self._decoders)
        self._stack.enter_context(self._loader)
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Stop what is still under way."""
        self._stack.__exit__(kind, error, trace)


def _with(stored: Row, decoded: Decoded) -> Decoded:
    return decoded._replace(columns=stored | decoded.columns)
