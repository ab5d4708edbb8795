import pytest

from creative_approaches.core.media.file_kind import kind_of


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "an empty file"),
        (b"<!DOCTYPE html><title>Not found</title>", "an HTML page"),
        (b"\xef\xbb\xbf\r\n <HTML>", "an HTML page"),
        (b'<?xml version="1.0"?>\n<html xmlns="http://www.w3.org/1999/xhtml">', "an HTML page"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'>", "SVG"),
        (b'<?xml version="1.0"?><!-- drawn --><svg>', "SVG"),
        (b'<?xml version="1.0"?><Error><Code>AccessDenied</Code></Error>', "XML"),
        (b'{"error": 1}', "JSON"),
        (b"%PDF-1.7", "a PDF document"),
        (b"%!PS-Adobe-3.0 EPSF-3.0", "a PostScript document"),
        (b"\0\0\0\x20ftypisom", "a video, or an image of a format that is not read"),
        (b"\0\0\0\x20ftypheic", "a video, or an image of a format that is not read"),
        (b"not an image", "of no format that is read"),
    ],
)
def test_what_is_no_image_is_called_by_its_name(content: bytes, kind: str) -> None:
    assert kind_of(content) == kind
