"""Processes that work for this one, and end with it."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import get_context
from multiprocessing.connection import Connection
from threading import Thread


@contextmanager
def process_pool(processes: int) -> Iterator[Executor]:
    """Processes that end at once when this one stops waiting for them, also when it is killed."""
    context = get_context("spawn")  # forked threads of a linear algebra library may hang
    theirs, ours = context.Pipe(duplex=False)
    with theirs, ours, ProcessPoolExecutor(processes, context, follow, (theirs,)) as pool:
        try:
            yield pool
        except BaseException:
            ours.close()
            raise


def follow(parent: Connection) -> None:
    """Leave it to the parent alone when this process ends: at once, when the other end of the connection is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: Connection) -> None:
    with suppress(EOFError, OSError):
        parent.recv_bytes()  # nothing is ever sent: it fails when the other end is closed
    os._exit(1)
