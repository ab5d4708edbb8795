"""Processes that decode strangers' files, one at a time each: what crashes or never ends takes no other with it."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from queue import SimpleQueue
from typing import Any, Final, NamedTuple, Self

from creative_approaches.core.media.faults import MediaFaultError, Reason
from creative_approaches.jobs.process_pool import follow

Row = dict[str, Any]

HASHED: Final = "hashed"
FAILED: Final = "failed"


class Decoded(NamedTuple):
    """What follows from the bytes of a file.

    columns : of its row.  parts : its rows in the table of parts, without the address.
    contents : names of tables that have a row for each content, with its row, without the SHA-256. Nothing for bytes
    that were decoded before.
    """

    columns: Row
    parts: list[Row]
    contents: tuple[tuple[str, Row], ...] = ()


Decode = Callable[[bytes], Decoded]  # raises MediaFaultError; can be pickled


def failed(fault: MediaFaultError) -> Decoded:
    """What is recorded of a file that cannot be had or decoded."""
    return Decoded({"status": FAILED, "reason": fault.reason.value, "detail": fault.detail, **fault.columns}, [])


class Decoders:
    """Some processes, each started when there is a file for it, and anew after one that broke it down.

    They end with this one, also when it is killed.
    """

    def __init__(self, decode: Decode, seconds: float, processes: int) -> None:
        """Start nothing yet. seconds : after which a file is given up."""
        theirs, self._lifeline = get_context("spawn").Pipe(duplex=False)
        self._processes = [_Process(decode, seconds, theirs) for _ in range(processes)]
        self._free: SimpleQueue[_Process] = SimpleQueue()
        for process in self._processes:
            self._free.put(process)
        self._threads = ThreadPoolExecutor(processes, "decoders")

    def submit(self, content: bytes) -> Future[Decoded]:
        """Decode a file as soon as a process is free."""
        return self._threads.submit(self._decode, content)

    def _decode(self, content: bytes) -> Decoded:
        process = self._free.get()
        try:
            return process.decode(content)
        finally:
            self._free.put(process)

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End all processes, whatever they are doing."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._lifeline.close()  # ends also one that a thread is about to start
        for process in self._processes:
            process.kill()
        self._threads.shutdown()
        for process in self._processes:
            process.stop()


class _Process:
    """A process that decodes one file at a time."""

    def __init__(self, decode: Decode, seconds: float, lifeline: Connection) -> None:
        self._decode, self._seconds, self._lifeline = decode, seconds, lifeline
        self._process: SpawnProcess | None = None

    def decode(self, content: bytes) -> Decoded:
        try:
            if self._process is None or not self._process.is_alive():
                self._start()
            self._connection.send_bytes(content)
            if self._connection.poll(self._seconds):
                decoded: Decoded = self._connection.recv()
                return decoded
            fault = MediaFaultError(Reason.TOO_SLOW, f"Decoding it took longer than {self._seconds:g} seconds.")
        except (EOFError, OSError):
            fault = MediaFaultError(Reason.DECODER_CRASHED)
        self.stop()
        return failed(fault)

    def kill(self) -> None:
        if process := self._process:  # a thread may take it away meanwhile
            process.kill()

    def stop(self) -> None:
        if self._process:
            self._process.kill()
            self._process.join()
            self._connection.close()
            self._process = None

    def _start(self) -> None:
        self.stop()
        context = get_context("spawn")  # a fork would copy threads that hold locks
        self._connection, theirs = context.Pipe()
        self._process = context.Process(target=_serve, args=(theirs, self._lifeline, self._decode), daemon=True)
        self._process.start()
        theirs.close()
        self._connection.recv()  # it is ready: starting it is not the time of a file


def _serve(connection: Connection, lifeline: Connection, decode: Decode) -> None:
    follow(lifeline)
    connection.send(None)
    with suppress(EOFError, OSError):  # the parent has gone
        while True:
            connection.send(_decoded(connection.recv_bytes(), decode))


def _decoded(content: bytes, decode: Decode) -> Decoded:
    try:
        columns, parts, contents = decode(content)
    except MediaFaultError as fault:
        return failed(fault)
    except MemoryError:
        return failed(MediaFaultError(Reason.TOO_LITTLE_MEMORY))
    return Decoded({"status": HASHED, **columns}, parts, contents)
