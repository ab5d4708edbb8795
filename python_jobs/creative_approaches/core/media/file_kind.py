"""What bytes are that are no image, in words, for who wonders why there is none."""

from typing import Final

_STARTS: Final = {
    b"%PDF-": "a PDF document",
    b"%!PS": "a PostScript document",
    b"PK\x03\x04": "a zip archive",
    b"\x1f\x8b": "compressed by gzip",
    b"\x1aE\xdf\xa3": "a video",
    b"{": "JSON",
    b"[": "JSON",
}
_HTML: Final = (b"<!doctype html", b"<html", b"<head", b"<body")
_HEAD: Final = 2_000  # bytes that are looked at


def kind_of(content: bytes) -> str:
    """What the first bytes say: 'an HTML page', 'SVG', 'a video' and so on."""
    if not content:
        return "an empty file"
    head = content[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    text = head.lower()
    if text.startswith(b"<") and b"<svg" in text:
        return "SVG"
    if text.startswith(b"<") and any(start in text for start in _HTML):
        return "an HTML page"
    if text.startswith(b"<?xml"):
        return "XML"
    if content[4:8] == b"ftyp" and content[8:12] not in (b"avif", b"avis", b"mif1"):
        return "a video, or an image of a format that is not read"
    return next((kind for start, kind in _STARTS.items() if head.startswith(start)), "of no format that is read")
