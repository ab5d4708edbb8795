"""Pictures that show nothing: spacers, tracking pixels, one colour that a host serves instead of a picture."""

from typing import Any, Final

from PIL import Image

from creative_approaches.core.media.faults import MediaFaultError, Reason

LEAST_SIDE: Final = 8  # pixels of a picture that may show something
ONE_COLOUR: Final = 8  # of 255, by which the pixels of one colour may differ once they are encoded


def check_that_it_shows_something(width: int, height: int, shown: Image.Image) -> None:
    """Raise MediaFaultError for a picture that is blank.

    width, height : of the whole picture, in pixels.  shown : in RGB or grey (L), at any scale.
    """
    size = {"width": width, "height": height}
    if min(width, height) < LEAST_SIDE:
        raise MediaFaultError(Reason.BLANK, f"It has {width} x {height} pixels, too few to show anything.", size)
    if all(most - least <= ONE_COLOUR for least, most in _ranges(shown)):
        raise MediaFaultError(Reason.BLANK, "It is of one colour and shows nothing.", size)


def _ranges(shown: Image.Image) -> list[tuple[int, int]]:
    """The least and the most of each channel."""
    ranges: Any = shown.getextrema()
    return [ranges] if shown.mode == "L" else list(ranges)
