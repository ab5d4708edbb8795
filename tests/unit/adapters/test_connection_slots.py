"""Who gets a connection next."""

import asyncio
from contextlib import suppress

from creative_approaches.adapters.gemini.connection_slots import ConnectionSlots


def test_calls_that_were_asked_before_come_first_and_the_others_in_their_order() -> None:
    served: list[tuple[str, int]] = []

    async def call(slots: ConnectionSlots, name: str, attempt: int) -> None:
        async with slots.use(attempt):
            served.append((name, attempt))
            await asyncio.sleep(0)

    async def run() -> None:
        slots = ConnectionSlots(1)
        calls = [("a", 1), ("b", 1), ("c", 1), ("d", 2), ("e", 3), ("f", 2)]
        await asyncio.gather(*(call(slots, name, attempt) for name, attempt in calls))

    asyncio.run(run())
    assert served == [("a", 1), ("e", 3), ("d", 2), ("f", 2), ("b", 1), ("c", 1)]


def test_no_connection_is_lost_with_a_call_that_fails_or_is_cancelled() -> None:
    async def run() -> int:
        slots = ConnectionSlots(2)
        at_once = most = 0

        async def call(number: int) -> None:
            nonlocal at_once, most
            async with slots.use(1):
                at_once += 1
                most = max(most, at_once)
                try:
                    await asyncio.sleep(0)
                    if number % 3 == 0:
                        raise ValueError
                finally:
                    at_once -= 1

        tasks = [asyncio.create_task(call(number)) for number in range(30)]
        await asyncio.sleep(0)
        for task in tasks[4::4]:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        with suppress(TimeoutError):
            async with asyncio.timeout(30), slots.use(1), slots.use(1):
                return most
        return 0

    assert asyncio.run(run()) == 2
