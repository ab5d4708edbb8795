"""Processes that decode, with decoders that crash, never end or take all memory."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from multiprocessing import active_children

import pytest

from creative_approaches.core.media.faults import MediaFaultError, Reason
from creative_approaches.jobs.media.decoders import Decoded, Decoders

PATIENCE = 60  # seconds for what is there at once


def decode(content: bytes) -> Decoded:
    """What the bytes say."""
    if content == b"crash":
        os.kill(os.getpid(), signal.SIGKILL)
    if content == b"loop":
        threading.Event().wait()
    if content == b"huge":
        raise MemoryError
    if content == b"page":
        raise MediaFaultError(Reason.NOT_AN_IMAGE, "It is an HTML page.", {"width": 7})
    return Decoded({"format": content.decode()}, [{"part": 1}])


@pytest.fixture
def decoders() -> Iterator[Decoders]:
    with Decoders(decode, PATIENCE, processes=1) as found:
        yield found
    assert not active_children()


def decoded(decoders: Decoders, content: bytes) -> Decoded:
    return decoders.submit(content).result(PATIENCE)


def test_what_follows_from_the_bytes_comes_back(decoders: Decoders) -> None:
    assert decoded(decoders, b"png") == Decoded({"status": "hashed", "format": "png"}, [{"part": 1}])


def test_a_fault_comes_back_with_its_code_and_what_is_known(decoders: Decoders) -> None:
    expected = {"status": "failed", "reason": "not_an_image", "detail": "It is an HTML page.", "width": 7}
    assert decoded(decoders, b"page") == Decoded(expected, [])


def test_a_file_that_takes_all_memory_fails_alone(decoders: Decoders) -> None:
    assert decoded(decoders, b"huge").columns["reason"] == "too_little_memory"
    assert decoded(decoders, b"png").columns["status"] == "hashed"


def test_a_file_that_crashes_its_decoder_fails_alone(decoders: Decoders) -> None:
    found = [decoders.submit(content) for content in (b"crash", b"png", b"crash", b"gif")]
    outcomes = [future.result(PATIENCE).columns for future in found]
    assert [columns.get("reason") or columns["format"] for columns in outcomes] == [
        *("decoder_crashed", "png", "decoder_crashed", "gif"),
    ]


def test_a_file_that_is_decoded_without_end_is_given_up_and_the_next_is_not() -> None:
    with Decoders(decode, 1, processes=1) as decoders:
        found = decoded(decoders, b"loop").columns
        assert (found["reason"], found["detail"]) == ("too_slow", "Decoding it took longer than 1 seconds.")
        assert decoded(decoders, b"png").columns["status"] == "hashed"


def test_a_process_that_ended_while_it_had_nothing_to_do_is_no_file_s_fault(decoders: Decoders) -> None:
    decoded(decoders, b"png")
    (process,) = active_children()
    process.kill()
    process.join()
    assert decoded(decoders, b"gif").columns["status"] == "hashed"


def test_no_process_is_started_without_a_file(decoders: Decoders) -> None:
    assert not active_children()


def test_all_processes_end_with_the_run_that_is_stopped() -> None:
    with Decoders(decode, PATIENCE, processes=1) as decoders:
        decoded(decoders, b"png")
        looping, waiting = decoders.submit(b"loop"), decoders.submit(b"png")
    assert not active_children()
    assert looping.done()
    assert waiting.cancelled()


LOOPING = """
import sys
from creative_approaches.jobs.media.decoders import Decoders
from tests.integration.media.test_decoders import decode

if __name__ == "__main__":
    with Decoders(decode, 3600, processes=2) as decoders:
        decoders.submit(b"png").result(60)
        decoders.submit(b"loop")
        print("looping", flush=True)
        sys.stdin.read()
"""


def test_no_process_outlives_a_run_that_is_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", LOOPING], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout
        assert running.stdout.readline() == "looping\n"
        running.kill()
        # The processes that it started have the same output: it ends when the last of them does.
        assert running.stdout.read() == ""
