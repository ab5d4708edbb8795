"""Films are hashed in processes of their own: a decoder that crashes or never ends takes nothing else with it."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from queue import SimpleQueue
from typing import Final

from creative_approaches.core.media.film import VideoFaultError
from creative_approaches.core.media.video_hash import VideoHashes, hash_video

DECODING_SECONDS: Final = 300.0  # after which a film is given up


@dataclass(frozen=True)
class _Fault:
    reason: str
    message: str


class _Worker:
    """A process that hashes one film at a time, and is replaced when it breaks down."""

    def __init__(self, max_seconds: float) -> None:
        self._max_seconds = max_seconds
        self._start()

    def _start(self) -> None:
        context = get_context("spawn")
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._max_seconds), daemon=True)
        self._process.start()
        theirs.close()

    def hash(self, content: bytes, timeout: float) -> VideoHashes:
        try:
            self._connection.send_bytes(content)
            if not self._connection.poll(timeout):
                raise VideoFaultError("too_large", f"Decoding it took longer than {timeout:g} seconds.")
            answer: VideoHashes | _Fault = self._connection.recv()
        except (VideoFaultError, EOFError, OSError) as error:
            self.stop()
            self._start()
            if isinstance(error, VideoFaultError):
                raise
            raise VideoFaultError("truncated", "The decoder broke down on it.") from error
        if isinstance(answer, _Fault):
            raise VideoFaultError(answer.reason, answer.message)
        return answer

    def stop(self) -> None:
        self._process.kill()
        self._process.join()
        self._connection.close()


class FilmWorkers:
    """Some processes that hash films. Callable from as many threads."""

    def __init__(self, workers: list[_Worker]) -> None:
        self._free: SimpleQueue[_Worker] = SimpleQueue()
        for worker in workers:
            self._free.put(worker)

    def hash_video(self, content: bytes, timeout: float = DECODING_SECONDS) -> VideoHashes:
        """As `core.video_hash.hash_video`, and 'too_large' after a timeout in seconds, 'truncated' after a crash."""
        worker = self._free.get()
        try:
            return worker.hash(content, timeout)
        finally:
            self._free.put(worker)


@contextmanager
def film_workers(processes: int, max_seconds: float) -> Iterator[FilmWorkers]:
    """So many processes, stopped at the end."""
    workers = [_Worker(max_seconds) for _ in range(processes)]
    try:
        yield FilmWorkers(workers)
    finally:
        for worker in workers:
            worker.stop()


def _serve(connection: Connection, max_seconds: float) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent stops its workers
    while True:
        try:
            content = connection.recv_bytes()
        except EOFError:  # the parent is gone
            return
        try:
            connection.send(hash_video(content, max_seconds))
        except VideoFaultError as fault:
            connection.send(_Fault(fault.reason, str(fault)))
