"""From the bytes of an image file to pixels as a viewer sees them. Image files are strangers' input."""

import io
import warnings
from typing import Final

import numpy as np
from PIL import ExifTags, Image, ImageOps, UnidentifiedImageError
from PIL.JpegImagePlugin import JpegImageFile

from creative_approaches.core.media.faults import MediaFaultError, Reason
from creative_approaches.core.media.file_kind import kind_of
from creative_approaches.core.media.truncated_images import load_what_is_there, with_end

# What ad platforms serve. Others are not opened: for EPS Pillow would start Ghostscript.
FORMATS: Final = ("AVIF", "BMP", "GIF", "JPEG", "MPO", "PNG", "TIFF", "WEBP")
# A progressive JPEG has about ten scans. Each costs a pass over all pixels, however few its bytes.
MAX_JPEG_SCANS: Final = 100
MAX_LOST_ROWS: Final = 0.5  # of a file that is cut off; docs/decisions.md has what was measured
JPEG_SCALES: Final = (8, 4, 2)
ANIMATED: Final = ("AVIF", "GIF", "PNG", "WEBP")  # the frames of others are pages, or versions of one picture
MAX_FRAMES: Final = 100
MAX_FRAME_PIXELS: Final = 100_000_000  # of all frames that are looked at, some two seconds
NEARLY_FULL: Final = 0.9
DETAIL_SIDE: Final = 64
GROUNDS: Final = (255, 0, 128)
OPAQUE: Final = 128  # of 255
VISIBLE: Final = 48  # of 255, by which a grey value stands out from its ground
START_OF_SCAN: Final = 0xDA  # second bytes of markers of JPEG (ITU-T T.81, table B.1)
PROGRESSIVE_FRAMES: Final = (0xC2, 0xC6, 0xCA, 0xCE)


def decode_image(content: bytes, max_pixels: int) -> Image.Image:
    """An image file, fully decoded, in its own mode and orientation; of an animation, a frame that shows something.

    Of a file that is cut off, what is there, as browsers show it.

    Raises MediaFaultError: not an image (none of `FORMATS`, or no bytes), too many pixels or scans, or truncated (or
    damaged otherwise) with most of its rows. The number of pixels is checked before any of them is decoded; beyond
    about 179 million Pillow refuses by itself. Raises MemoryError where there is too little memory.
    """
    return _decoded(content, max_pixels)[0]


def decode_reduced(content: bytes, max_pixels: int, min_side: int) -> tuple[Image.Image, int, bool]:
    """Like `decode_image`, but a JPEG at half, a quarter or an eighth of its scale where that leaves `min_side` pixels.

    libjpeg then computes fewer pixels from the same coefficients. Both sides must be multiples of the scale: else
    the last row or column stands for pixels that are not there, and the picture is stretched. Returns the divisor of
    the scale as well, 1 for a full decode, and whether the file is cut off.
    """
    return _decoded(content, max_pixels, min_side)


def open_image(content: bytes, max_pixels: int) -> Image.Image:
    """An image file of which only the header is read, its size checked. Raises MediaFaultError as `decode_image`."""
    if not content:
        raise _not_an_image(content)
    Image.init()
    formats = [name for name in FORMATS if name in Image.OPEN]
    try:
        # Pillow warns of many pixels and of odd metadata; the first is checked here, the second harmless.
        with warnings.catch_warnings(action="ignore"):
            image = Image.open(io.BytesIO(content), formats=formats)
        image.decodermaxblock = len(content)  # in pieces, decoders begin rows again where a piece ends
    except UnidentifiedImageError as error:
        raise _not_an_image(content) from error
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(max_pixels) from error
    except MemoryError:
        raise
    except Exception as error:  # Decoders raise errors of many types on damaged bytes.
        raise MediaFaultError(Reason.TRUNCATED) from error
    if image.width * image.height > max_pixels:
        raise _too_many_pixels(max_pixels, width=image.width, height=image.height)
    if isinstance(image, JpegImageFile) and _jpeg_scans(content, image.layers) > MAX_JPEG_SCANS:
        raise MediaFaultError(Reason.TOO_MANY_SCANS, f"The file has more than {MAX_JPEG_SCANS} scans.")
    return image


def load_pixels(image: Image.Image, max_pixels: int) -> None:
    """Decode what `open_image` opened. Raises MediaFaultError: too many pixels, or truncated."""
    try:
        with warnings.catch_warnings(action="ignore"):
            image.load()
    except Image.DecompressionBombError as error:
        raise _too_many_pixels(max_pixels) from error
    except MemoryError:
        raise
    except Exception as error:  # Decoders raise errors of many types on damaged bytes.
        raise MediaFaultError(Reason.TRUNCATED) from error


def go_to_full_frame(image: Image.Image) -> None:
    """Decode the frame of an animation that says what it shows: the first with nearly as much detail as any.

    Many begin blank and fade in. The default image of a PNG that is no frame is what players never show. Looks at
    `MAX_FRAMES` and `MAX_FRAME_PIXELS` at most, and no further than the first damage.
    """
    if image.format not in ANIMATED or not getattr(image, "is_animated", False):
        return
    first = 1 if getattr(image, "default_image", False) else 0
    frames = max(1, min(MAX_FRAMES, MAX_FRAME_PIXELS // (image.width * image.height)))
    details: list[float] = []
    for number in range(first, first + frames):
        if not _seek(image, number):
            break
        details.append(_detail(image))
    if details:
        enough = NEARLY_FULL * max(details)
        _seek(image, first + next(number for number, detail in enumerate(details) if detail >= enough))
    else:
        image.seek(0)


def _seek(image: Image.Image, number: int) -> bool:
    """Whether there is such a frame; it is then decoded."""
    try:
        with warnings.catch_warnings(action="ignore"):
            image.seek(number)
            image.load()
    except MemoryError:
        raise
    except Exception:  # EOFError after the last one, and errors of many types on damaged bytes
        return False
    return True


def _detail(frame: Image.Image) -> float:
    """How much the pixels of a frame differ from their neighbours, 0 to 255, so that half of a fade counts half."""
    small = np.asarray(as_shown(frame).convert("L").resize((DETAIL_SIDE, DETAIL_SIDE)), dtype=np.int16)
    return float(np.abs(np.diff(small, axis=0)).mean() + np.abs(np.diff(small, axis=1)).mean())


def as_shown(image: Image.Image) -> Image.Image:
    """The image in RGB or grey (L): EXIF orientation applied where it can be read, transparency laid on a ground.

    Of 16 bits the upper eight count; of an animation the current frame.
    """
    image = _upright(image)
    if image.mode == "I" or image.mode.startswith("I;16"):
        # Pillow would clip 16 bits at 255.
        return Image.fromarray((np.clip(np.asarray(image), 0, 65535) >> 8).astype(np.uint8))
    if image.has_transparency_data:
        rgba = image.convert("RGBA")
        ground = Image.new("RGB", rgba.size, (_ground(rgba),) * 3)
        ground.paste(rgba, mask=rgba)
        return ground
    return image if image.mode in ("L", "RGB") else image.convert("RGB")


def _ground(image: Image.Image) -> int:
    """The grey value that a transparent picture is laid on: white, as on most pages, unless most of it would vanish.

    Then the first of black and mid-grey on which most opaque pixels can be told from it.
    """
    opaque = image.getchannel("A").point(lambda alpha: 255 * (alpha >= OPAQUE))
    counts = np.array(image.convert("L").histogram(opaque))
    visible = {ground: counts[np.abs(np.arange(256) - ground) >= VISIBLE].sum() for ground in GROUNDS}
    if 2 * visible[GROUNDS[0]] >= counts.sum():
        return GROUNDS[0]
    return max(GROUNDS, key=lambda ground: int(visible[ground]))


def _decoded(content: bytes, max_pixels: int, min_side: int | None = None) -> tuple[Image.Image, int, bool]:
    image, scale = _open_at_scale(content, max_pixels, min_side)
    try:
        load_pixels(image, max_pixels)
    except MediaFaultError as fault:
        if fault.reason != Reason.TRUNCATED:
            raise
        image, scale = _open_at_scale(with_end(content), max_pixels, min_side)
        if load_what_is_there(image) > MAX_LOST_ROWS:
            raise
        return image, scale, True
    go_to_full_frame(image)
    return image, scale, False


def _open_at_scale(content: bytes, max_pixels: int, min_side: int | None) -> tuple[Image.Image, int]:
    image = open_image(content, max_pixels)
    scale = 1 if min_side is None else _jpeg_scale(image, min_side)
    if scale > 1:
        image.draft(None, (image.width // scale, image.height // scale))
    return image, scale


def _not_an_image(content: bytes) -> MediaFaultError:
    return MediaFaultError(Reason.NOT_AN_IMAGE, f"It is {kind_of(content)}.")


def _too_many_pixels(max_pixels: int, **size: int) -> MediaFaultError:
    return MediaFaultError(Reason.TOO_MANY_PIXELS, f"It has more than {max_pixels / 1e6:g} megapixels.", size)


def _jpeg_scans(content: bytes, components: int) -> int:
    """At least as many scans as libjpeg reads: one if the first has all components, as in most files, else all markers.

    Within the data of a scan a byte of FF is followed by 00.
    """
    place = 2
    while place + 4 < len(content) and content[place] == 0xFF:
        marker = content[place + 1]
        if marker in PROGRESSIVE_FRAMES:
            break
        if marker == START_OF_SCAN:
            if content[place + 4] == components:
                return 1
            break
        place += 2 + int.from_bytes(content[place + 2 : place + 4])
    return content.count(bytes([0xFF, START_OF_SCAN]))


def _jpeg_scale(image: Image.Image, min_side: int) -> int:
    if not isinstance(image, JpegImageFile):
        return 1
    for scale in JPEG_SCALES:
        if min(image.size) >= scale * min_side and image.width % scale == image.height % scale == 0:
            return scale
    return 1


def _upright(image: Image.Image) -> Image.Image:
    try:
        with warnings.catch_warnings(action="ignore"):
            if image.getexif().get(ExifTags.Base.Orientation, 1) == 1:
                return image
            return ImageOps.exif_transpose(image)
    except MemoryError:
        raise
    except Exception:  # Damaged EXIF data, in many ways; the pixels are fine and stay as stored.
        return image
