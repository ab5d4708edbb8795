"""Asking hosts: few at once, a bounded time, a bounded number of times, and not again where nobody answers."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable
from typing import Final

from tenacity import (
    AsyncRetrying,
    RetryCallState,
    retry_if_exception_type,
    stop_after_attempt,
    stop_before_delay,
    wait_random_exponential,
)

from creative_approaches.adapters.media.content import Media, MediaRules, PassingFaultError
from creative_approaches.core.media.faults import MediaFaultError, Reason

ATTEMPTS: Final = 3
PATIENCE: Final = 5  # uris in a row that a host may fail to answer before it is left alone for the rest of the run
_backoff = wait_random_exponential(multiplier=0.5, max=8)  # full jitter


class _Host:
    def __init__(self, connections: int) -> None:
        self.places = asyncio.Semaphore(connections)
        self.failures = 0


class Hosts:
    """The hosts of one run."""

    def __init__(self, rules: MediaRules) -> None:
        """Nothing is asked yet."""
        self._seconds = rules.timeout_seconds
        self._hosts = defaultdict[str, _Host](lambda: _Host(max(1, rules.connections // 4)))

    async def ask(self, name: str, attempt: Callable[[], Awaitable[Media]]) -> Media:
        """The answer to an attempt, made again while it ends in a fault that may pass.

        Raises MediaFaultError.
        """
        host = self._hosts[name]
        # The time to wait for a place is not the host's fault: it does not count.
        async with host.places:
            if host.failures >= PATIENCE:
                raise MediaFaultError(
                    Reason.UNREACHABLE,
                    f"Its host failed to answer {PATIENCE} times in a row and was left alone in this run.",
                )
            try:
                async with asyncio.timeout(self._seconds):
                    answer = await self._persistently(attempt)
            except TimeoutError:
                host.failures += 1
                raise MediaFaultError(Reason.TIMEOUT, f"It was not there within {self._seconds:g} seconds.") from None
            except MediaFaultError as fault:
                host.failures = host.failures + 1 if fault.reason == Reason.UNREACHABLE else 0
                raise
            host.failures = 0
            return answer

    async def _persistently(self, attempt: Callable[[], Awaitable[Media]]) -> Media:
        retrying = AsyncRetrying(
            retry=retry_if_exception_type(PassingFaultError),
            wait=_wait,
            stop=stop_after_attempt(ATTEMPTS) | stop_before_delay(self._seconds),
            reraise=True,
        )

        async def once() -> Media:
            return await attempt()

        return await retrying(once)


def _wait(state: RetryCallState) -> float:
    fault = state.outcome.exception() if state.outcome else None
    asked = fault.delay if isinstance(fault, PassingFaultError) else None
    return _backoff(state) if asked is None else asked
