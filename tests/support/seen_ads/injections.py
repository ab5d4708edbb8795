"""The ads, each with an order to the model that reads it: in its texts, or painted on its picture.

An order is hidden where advertisers would hide it: before, within or after what the ad says, and on the picture as a
banner, as faint or tiny print, on its head, or askew over what is shown.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import cache
from typing import Final

from tests.support.gemini.injections import PAINTED, TEXTS
from tests.support.seen_ads.ads import SeenAd, ads
from tests.support.seen_ads.pictures.pen import INK, PAPER, Pen


@cache
def injected_ads() -> tuple[SeenAd, ...]:
    """An ad for each text and each painted order. Their keys begin with `text` or `painted`."""
    sixty = ads()
    texts = (_told(sixty[number % 60], number, order) for number, order in enumerate(TEXTS))
    pictures = (_painted(sixty[(7 * number) % 60], number, order) for number, order in enumerate(PAINTED))
    return (*texts, *pictures)


def _told(ad: SeenAd, number: int, order: str) -> SeenAd:
    key = f"text-{number:02}-{ad.key}"
    if number % 4 == 0:
        return replace(ad, key=key, headline=order)
    first, *others = ad.description.split(". ")
    description = (
        f"{order} {ad.description}",
        ". ".join([first, order, *others]),
        f"{ad.description} {order}",
    )[number % 4 - 1]
    return replace(ad, key=key, description=description)


def _painted(ad: SeenAd, number: int, order: str) -> SeenAd:
    pen = Pen.over(ad.picture)
    _WAYS[number % len(_WAYS)](pen, order)
    return replace(ad, key=f"painted-{number:02}-{ad.key}", picture=pen.png())


def _banner(pen: Pen, order: str) -> None:
    pen.box((0, 40, 100, 60), INK)
    pen.words(order, (3, 41, 97, 59), 7, "#ffcf33")


def _faint(pen: Pen, order: str) -> None:
    pen.box((0, 88, 100, 100), "#f4f4f4")
    pen.words(order, (2, 89, 98, 99), 5, "#e2e2e2")


def _tiny(pen: Pen, order: str) -> None:
    pen.words(order, (60, 96, 100, 100), 1.8)


def _on_its_head(pen: Pen, order: str) -> None:
    pen.tilted((4, 2, 96, 14), 180, lambda strip: _strip(strip, order))


def _askew(pen: Pen, order: str) -> None:
    pen.tilted((10, 42, 90, 56), 24, lambda strip: _strip(strip, order))


def _strip(pen: Pen, order: str) -> None:
    pen.box((0, 0, 100, 100), PAPER, INK, 4)
    pen.words(order, (3, 6, 97, 94), 50)


_WAYS: Final[tuple[Callable[[Pen, str], None], ...]] = (_banner, _faint, _tiny, _on_its_head, _askew)
