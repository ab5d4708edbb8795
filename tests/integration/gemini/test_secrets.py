"""What Gemini's errors quote: no key, token or text of it is said again."""

import logging

import pytest

from tests.support.gemini.access import KEY, TOKEN
from tests.support.gemini.embedding import SECRET_TEXT, TEXTS, embed
from tests.support.gemini.faults import FAULTS
from tests.support.gemini.server import GeminiServer


@pytest.mark.parametrize("kind", [kind for kind in FAULTS if kind not in ("slow", "dripping", "endless")])
@pytest.mark.parametrize("backend", ["developer", "vertex"])
def test_no_key_token_or_text_is_ever_repeated(
    gemini: GeminiServer, backend: str, kind: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    gemini.echo = f'{KEY} Authorization: Bearer {TOKEN} ?key={KEY} \\"{SECRET_TEXT.upper()}\\"'
    gemini.random_share, gemini.random_kinds = 1.0, [kind]
    embedded = embed(gemini, gemini_backend=backend)
    assert gemini.asked
    said = [str(embedded.stopped), *(fault.detail for fault in embedded.faults.values()), caplog.text]
    for secret in (KEY, TOKEN, SECRET_TEXT):
        assert secret.lower() not in " ".join(said).lower()
    assert all(len(text) < 600 for text in said[:-1])


def test_a_text_in_quotes_of_the_server_is_not_a_fault_of_all(gemini: GeminiServer) -> None:
    gemini.echo = f"Invalid value: {SECRET_TEXT[10:]}"
    gemini.by_text[TEXTS[3]] = "400"
    detail = embed(gemini).faults[3].detail
    assert "not repeated here" in detail
