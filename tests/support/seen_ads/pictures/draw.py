"""The picture of an ad, by the name of its layout."""

from collections.abc import Callable, Mapping, Sequence
from typing import Final

from tests.support.seen_ads.pictures import endorsements, jokes, prices, quotes, steps, turns
from tests.support.seen_ads.pictures.pen import Pen
from tests.support.seen_ads.pictures.products import PRODUCTS, Product

_LAYOUTS: Final[Mapping[str, Callable[[Pen, Product, Sequence[str], int], None]]] = {
    layout.__name__: layout
    for layout in (
        *(quotes.quote_card, quotes.note, quotes.chat, quotes.selfie),
        *(prices.price_tag, prices.countdown, prices.calendar, prices.banner),
        *(endorsements.seal, endorsements.laboratory, endorsements.expert, endorsements.trophy),
        *(turns.halves, turns.twice, turns.stacked, turns.frames, turns.desks),
        *(steps.column, steps.grid, steps.notebook),
        *(jokes.talking, jokes.meme, jokes.comic),
    )
}


def draw_ad(product: str, layout: str, words: Sequence[str]) -> bytes:
    """A PNG file of 800 by 800, the same bytes for the same arguments.

    words : what is painted, in the order in which the layout lists it.
    """
    shown = PRODUCTS[product]
    pen = Pen.on(shown.ground)
    _LAYOUTS[layout](pen, shown, words, list(PRODUCTS).index(product))
    return pen.png()
