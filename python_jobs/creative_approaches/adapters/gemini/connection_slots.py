"""Connections to share among calls: those that were asked before come first."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from heapq import heappop, heappush
from itertools import count


class ConnectionSlots:
    """As many connections as may be used at once.

    A call that is asked again goes before calls that were never asked. In the order of their coming it would wait for
    all of these, and the calls that fail often would be left for the end, when nothing else is there to be done.
    """

    def __init__(self, slots: int) -> None:
        """All are free."""
        self._free = slots
        self._numbers = count()
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []

    @asynccontextmanager
    async def use(self, attempt: int) -> AsyncIterator[None]:
        """Wait for a connection and hold it. attempt : which one of the call this is, 1 for the first."""
        await self._take(-attempt)
        try:
            yield
        finally:
            self._give_back()

    async def _take(self, priority: int) -> None:
        if self._free:
            self._free -= 1
            return
        turn = asyncio.get_running_loop().create_future()
        heappush(self._waiting, (priority, next(self._numbers), turn))
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # its turn came while it was cancelled
                self._give_back()
            raise

    def _give_back(self) -> None:
        while self._waiting:
            *_, turn = heappop(self._waiting)
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1
