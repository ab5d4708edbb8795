"""What Gemini takes of a request for a text, and what it refuses, in its own words as people have reported them."""

import base64
import binascii
import io
from collections.abc import Iterator
from typing import Any, Final

from PIL import Image, UnidentifiedImageError

_MOST_BYTES: Final = 20 * 1024 * 1024  # of a whole request with its pictures
_MOST_VALUES: Final = 300  # of all enumerations of a schema; nobody says where the border is
_PICTURES: Final = ("image/png", "image/jpeg", "image/webp", "image/heic", "image/heif")
TOKENS_OF_A_PICTURE: Final = {
    "MEDIA_RESOLUTION_LOW": 280,
    "MEDIA_RESOLUTION_MEDIUM": 560,
    "MEDIA_RESOLUTION_HIGH": 1120,
}
DEFAULT_RESOLUTION: Final = "MEDIA_RESOLUTION_HIGH"

Body = dict[str, Any]


def check_generation(body: Body) -> None:
    """Raise ValueError for what is refused."""
    schema = configuration_of(body).get("responseSchema")
    if schema and sum(_values(schema)) > _MOST_VALUES:
        raise ValueError(
            "The specified schema produces a constraint that has too many states for serving. Typical causes of this "
            "error are schemas with lots of text (for example, very long property or enum names), schemas with long "
            "array length limits (especially when nested), or schemas using complex value matchers."
        )


def configuration_of(body: Body) -> Body:
    """How the answer is wanted."""
    found: Body = body.get("generationConfig", {})
    resolution = found.get("mediaResolution")
    if resolution is not None and resolution not in TOKENS_OF_A_PICTURE:
        raise ValueError(f"Invalid value at 'generation_config.media_resolution': {resolution}")
    return found


def parts_of(body: Body) -> tuple[str, tuple[bytes, ...]]:
    """The text of the user and the pictures. Raises ValueError for what is refused."""
    texts, pictures, size = [], [], 0
    for content in body["contents"]:
        for part in content["parts"]:
            if "text" in part:
                texts.append(part["text"])
                continue
            data = part.get("inlineData") or part["inline_data"]
            size += len(data["data"])
            pictures.append(_picture(data.get("mimeType") or data["mime_type"], data["data"]))
    if size > _MOST_BYTES:
        raise ValueError(f"Request payload size exceeds the limit: {_MOST_BYTES} bytes.")
    return "".join(texts), tuple(pictures)


def _picture(mime_type: str, data: str) -> bytes:
    if mime_type not in _PICTURES:
        raise ValueError(f"Unsupported MIME type: {mime_type}")
    try:
        picture = base64.b64decode(data.replace("-", "+").replace("_", "/"), validate=True)
    except binascii.Error:
        raise ValueError("Invalid value at 'contents[0].parts[0].inline_data.data': Base64 decoding failed") from None
    try:
        with Image.open(io.BytesIO(picture)) as opened:
            if Image.MIME.get(opened.format or "") != mime_type:
                raise ValueError("Provided image is not valid.")
    except (UnidentifiedImageError, OSError):
        raise ValueError("Unable to process input image. Please retry or report in the forum.") from None
    return picture


def _values(schema: Any) -> Iterator[int]:
    if isinstance(schema, dict):
        yield len(schema.get("enum") or ())
        for inner in schema.values():
            yield from _values(inner)
