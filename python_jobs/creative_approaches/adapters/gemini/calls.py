"""Many calls to Gemini that end: bounded in number, time and money, each asked again where that can help.

The client's own retries are off: they ignore the delay that the server asks for, and without a timeout a lost answer is
waited for without end. All calls run on one event loop, where a time limit ends any answer, also one that drips.
"""

import asyncio
import random
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, Generic, Self, TypeVar

from creative_approaches.adapters.gemini.client import Client, find_access
from creative_approaches.adapters.gemini.connection_slots import ConnectionSlots
from creative_approaches.adapters.gemini.faults import AGAIN, Fault, explain
from creative_approaches.core.spending import Spending
from creative_approaches.core.tokens import Tokens
from creative_approaches.core.unanswered import Unanswered
from creative_approaches.errors import ApproachesError, LimitError, TemporaryError
from creative_approaches.settings import GeminiSettings

T = TypeVar("T")

# With 30% of answers faulty, one request in two million fails as often. Those held off while others were answered are
# not counted.
ATTEMPTS: Final = 12
_CHECK_ATTEMPTS: Final = 3
_QUOTA_SECONDS: Final = 61.0  # quotas are of a minute: what one let not through in all of it, it never does
_UNDER_WAY: Final = 4  # calls per connection: one is asked, the others wait for their next attempt
_BACKOFF_SECONDS: Final = (0.25, 32.0)  # for the first and for any attempt
_FAULTY_BACKOFF_SECONDS: Final = 0.25  # a faulty answer says nothing about load
_JITTER_SECONDS: Final = 1.0  # at most, after a delay that the server asked for


class FaultyAnswerError(Exception):
    """An answer that is not what was asked for; the next may be."""

    def __init__(self, reason: str) -> None:
        """Take a sentence, without the text."""
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Call(Generic[T]):
    """One request and how its answer is understood.

    send : given the client, sends the request once.  read : what the answer holds; raises FaultyAnswerError.
    expected : what it takes, estimated before it is sent.  billed : what the answer says that it took, or an estimate;
    takes any answer.  most : what it takes at most, counted until it has ended, and for good where no answer tells;
    None for what is expected.  faulty_attempts : answers that may be faulty before it is given up.
    unanswered_attempts : after how many without an answer the input may be the cause.
    private : texts that are sent, which no message may repeat.  inputs : how many it holds; several may be asked for in
    smaller calls, where a quota lets none so large through.
    """

    send: Callable[[Any], Awaitable[Any]]
    read: Callable[[Any], T]
    expected: Tokens
    billed: Callable[[Any], Tokens]
    most: Tokens | None = None
    faulty_attempts: int = ATTEMPTS
    unanswered_attempts: int = ATTEMPTS
    private: Sequence[str] = ()
    inputs: int = 1


@dataclass(frozen=True)
class Refusal:
    """Why a call has no result. detail : a sentence, without the text."""

    reason: Unanswered
    detail: str


@dataclass(frozen=True)
class Made(Generic[T]):
    """What calls gave, in their order.

    results : None where a call was not finished.  stopped : why there are such, but for those that are
    held_off : calls of several inputs that a quota does not let through, however long one waits.
    """

    results: list[T | Refusal | None]
    stopped: ApproachesError | None
    held_off: Sequence[int] = ()


class GeminiCalls:
    """One long-lived client and the calls made with it."""

    def __init__(self, settings: GeminiSettings, spending: Spending, google_credentials: Any) -> None:
        """Connect to nothing yet. google_credentials : the dbt target's, None where it has none.

        Raises UsageError where the client's package, a key, credentials or a project is missing.
        """
        self._settings, self._spending = settings, spending
        self._access = find_access(settings, google_credentials)
        self._runner = asyncio.Runner()
        try:
            self._client = self._runner.run(Client.open(self._access, settings))
        except BaseException:
            self._runner.close()
            raise

    def __enter__(self) -> Self:
        """Itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close all connections."""
        try:
            self._runner.run(self._client.close())
        finally:
            self._runner.close()

    def make(self, calls: Sequence[Call[T]], check: Call[Any] | None = None) -> Made[T]:
        """Make the calls, several at once.

        check : a call whose input is harmless. It is made where another stays without an answer, and tells a bad input,
        which is given up alone, from a bad day, which stops all; without it, each such day is a bad one.

        Ends early, with what is done, when a limit is reached, a call's patience is over, or no call can succeed. The
        patience of a call that is held off, by a quota or an overloaded server, starts anew while others are answered:
        a small quota makes it slow, and ends it only where nothing is answered any more. A call of several inputs is
        held off for good where a quota says that it is larger, or lets nothing through for a minute: smaller ones may
        pass. An exception of `read` that is no FaultyAnswerError is a bug, and raised.
        """
        making = _Making(self._settings, self._spending, self._client.sdk, self._access.redact, check)
        results: list[T | Refusal | None] = [None] * len(calls)
        # The results are no result of the loop's task, because `signal.signal` would write them all as text.
        self._runner.run(making.run(calls, results))
        return Made(results, making.stopped, making.held_off)


class _Making:
    """One run of `make`."""

    def __init__(
        self,
        settings: GeminiSettings,
        spending: Spending,
        sdk: Any,
        redact: Callable[[str], str],
        check: Call[Any] | None,
    ) -> None:
        self._settings, self._spending, self._sdk, self._redact = settings, spending, sdk, redact
        self._check = check
        self._connections = ConnectionSlots(settings.gemini_connections)
        self._has_stopped = asyncio.Event()
        self._failed_in_a_row = 0  # requests of any call, since the last answer
        self._waiting_for_room: list[asyncio.Future[None]] = []
        self._answers = 0  # of any call, faulty ones among them
        self._too_many: int | None = None  # inputs that no quota let through
        self.held_off: list[int] = []
        self.stopped: ApproachesError | None = None

    async def run(self, calls: Sequence[Call[T]], results: list[T | Refusal | None]) -> None:
        positions = iter(range(len(calls)))

        async def work() -> None:
            for position in positions:
                if self.stopped:
                    return
                try:
                    results[position] = await self._finish(calls[position])
                except _HeldOffError:
                    self.held_off.append(position)

        workers = [
            asyncio.create_task(work()) for _ in range(min(len(calls), _UNDER_WAY * self._settings.gemini_connections))
        ]
        try:
            await asyncio.gather(*workers)
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)

    async def _finish(self, call: Call[T]) -> T | Refusal | None:
        """The call's result after as many attempts as it takes; None if all calls are to stop."""
        loop, patience = asyncio.get_running_loop(), self._settings.gemini_patience_seconds
        deadline: float | None = None
        faulty, unanswered, held_off = 0, 0, 0
        in_vain, answers = 0, 0  # times it was held off since others were answered, and all answers until the last time
        attempt = 0
        while True:
            if self._too_many is not None and call.inputs >= self._too_many:
                raise _HeldOffError
            attempt += 1
            async with self._connections.use(attempt):
                if not await self._may_send(call, is_retry=attempt > 1):
                    return None
                if deadline is None:
                    deadline, answers = loop.time() + patience, self._answers
                try:
                    return await self._attempt(call)
                except FaultyAnswerError as error:
                    fault, wait = Fault(error.reason, is_faulty=True), random.uniform(0, _FAULTY_BACKOFF_SECONDS)
                    faulty += 1
                except _FaultError as error:
                    fault = error.fault
                    unanswered += fault.may_be_input
                    held_off += not fault.may_be_input
                    wait = _wait(fault, min(unanswered, self._failed_in_a_row) if fault.may_be_input else held_off)
            if fault.is_refusal:
                return Refusal(Unanswered.REFUSED, fault.detail)
            if fault.stops:
                self._stop(fault.stops)
                return None
            if not fault.is_faulty and not fault.may_be_input:
                in_vain += 1
                if self._answers > answers:
                    in_vain, deadline, answers = 0, loop.time() + patience, self._answers
            is_last = faulty + unanswered + in_vain >= ATTEMPTS or loop.time() + wait > deadline
            asks_too_much = fault.delay is not None and fault.delay > patience
            if not asks_too_much and _is_too_many(call, fault, is_last, loop.time() + patience - deadline):
                self._too_many = min(call.inputs, self._too_many or call.inputs)
                continue
            if fault.is_faulty and (is_last or faulty >= call.faulty_attempts):
                return Refusal(Unanswered.FAULTY_ANSWER, fault.detail)
            if fault.may_be_input and (is_last or unanswered >= call.unanswered_attempts) and await self._is_well():
                return Refusal(Unanswered.FAULTY_ANSWER, fault.detail)
            if is_last:
                self._stop(TemporaryError(_given_up(fault, patience)))
                return None
            await self._sleep(wait)

    async def _is_well(self) -> bool:
        """Whether a harmless call is answered."""
        for attempt in range(1, _CHECK_ATTEMPTS + 1):
            async with self._connections.use(attempt):
                if not self._check or not await self._may_send(self._check, is_retry=True):
                    return False
                try:
                    await self._attempt(self._check)
                except FaultyAnswerError:
                    return True
                except _FaultError as error:
                    fault = error.fault
                else:
                    return True
            await self._sleep(_wait(fault, attempt))
        return False

    async def _may_send(self, call: Call[Any], is_retry: bool) -> bool:
        """Wait until a limit leaves room for the call; False if it never will, or all calls are to stop."""
        while not self.stopped:
            try:
                if self._spending.open(call.most or call.expected, is_retry):
                    return True
            except LimitError as error:
                self._stop(error)
            else:
                await self._one_has_ended()
        return False

    async def _one_has_ended(self) -> None:
        ended = asyncio.get_running_loop().create_future()
        self._waiting_for_room.append(ended)
        await ended

    async def _attempt(self, call: Call[T]) -> T:
        most = call.most or call.expected
        billed: Tokens | None = most
        try:
            try:
                async with asyncio.timeout(self._settings.gemini_timeout_seconds):
                    answer = await call.send(self._sdk)
            except Exception as error:
                fault = explain(error, self._redact, call.private, datetime.now(UTC))
                self._failed_in_a_row += 1
                billed = billed if fault.is_paid else None
                raise _FaultError(fault) from None
            self._failed_in_a_row = 0
            self._answers += 1
            billed = call.billed(answer)
            return call.read(answer)
        finally:
            self._spending.close(most, billed)
            for ended in self._waiting_for_room:
                if not ended.done():
                    ended.set_result(None)
            self._waiting_for_room.clear()

    def _stop(self, error: ApproachesError) -> None:
        """Send nothing more. What is under way may finish."""
        self.stopped = self.stopped or error
        self._has_stopped.set()

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._has_stopped.wait()
        except TimeoutError:
            pass


class _HeldOffError(Exception):
    """A call of several inputs is larger than a quota lets through."""


class _FaultError(Exception):
    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.detail)
        self.fault = fault


def _is_too_many(call: Call[Any], fault: Fault, is_last: bool, seconds: float) -> bool:
    """Whether a quota never lets a call through. seconds : for which it held it off while nothing was answered."""
    if not fault.is_quota or call.inputs == 1:
        return False
    return is_last or seconds >= _QUOTA_SECONDS or (fault.quota is not None and fault.quota < call.inputs)


def _wait(fault: Fault, failures: int) -> float:
    """Seconds until the next attempt: what the server asks for and a little more, else exponential with full jitter.

    failures : in a row. An overloaded server is spared more with each of the call's own; what fails here and there,
    while others are answered, may be asked again soon.
    """
    if fault.delay is not None:
        return fault.delay + random.uniform(0, min(_JITTER_SECONDS, fault.delay / 4))
    first, most = _BACKOFF_SECONDS
    return random.uniform(0, min(most, first * 2 ** max(0, failures - 1)))


def _given_up(fault: Fault, patience: float) -> str:
    if fault.delay is not None and fault.delay > patience:
        return (
            f"{fault.detail} It asks to wait {fault.delay:,.0f} seconds, longer than gemini_patience_seconds. "
            f"All work so far is kept. {AGAIN}"
        )
    if fault.is_quota:
        return (
            f"{fault.detail} No request got through in {patience:,.0f} seconds. All work so far is kept. {AGAIN} "
            "Where it stays so, the project needs a larger quota."
        )
    return f"{fault.detail} It stayed so over several attempts; all work so far is kept. {AGAIN}"
