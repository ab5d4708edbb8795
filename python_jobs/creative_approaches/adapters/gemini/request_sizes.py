"""How many inputs one request may hold, where a quota counts inputs and may be smaller than a batch."""

from typing import Final

_SUCCESSES: Final = 4  # of the largest size in a row, before a larger one is tried
_GROWTH: Final = 1.25
_FORGOTTEN_AFTER: Final = 16  # successes just below what was held off: by then the quota may be another


class RequestSizes:
    """Sizes that shrink with what a quota holds off, and grow with what is answered."""

    def __init__(self) -> None:
        """Start without a bound."""
        self._held_off: int | None = None  # the smallest size that was, which is not tried again soon
        self._successes = 0
        self.most: int | None = None

    def hold_off(self, inputs: int) -> None:
        """Note that a quota let no request of so many inputs through, 2 at least."""
        self._held_off = min(inputs, self._held_off or inputs)
        self.most = min(inputs // 2, self.most or inputs)
        self._successes = 0

    def answer(self, inputs: int) -> None:
        """Note that a request of so many inputs was answered."""
        if self.most is None or inputs < self.most:
            return
        self._successes += 1
        if self._held_off == self.most + 1 and self._successes >= _FORGOTTEN_AFTER:
            self._held_off = None
        larger = max(self.most + 1, int(self.most * _GROWTH))
        if self._held_off:
            larger = min(larger, self._held_off - 1)
        if larger > self.most and self._successes >= _SUCCESSES:
            self.most, self._successes = larger, 0

    def cut(self, group: range) -> list[range]:
        """The pieces in which inputs are asked for, in order; alike in size but for the last."""
        size = self.most or len(group)
        return [group[start : start + size] for start in range(0, len(group), size)]
