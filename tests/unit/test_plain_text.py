"""Text that is safe wherever it is shown."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creative_approaches.core.plain_text import clean, clean_quote, clean_sentence


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("=SUM(A1)", "SUM A1"),
        ("+1 -- @you", "1 -- you"),
        ("<b>Bold</b> | `rm`\x00\x1b[31m", "b Bold b rm 31m"),
        ("Don\u2019t stop\u202e, it & that: ok", "Don't stop, it & that: ok"),
        ("Z\u0351\u036ealgo caf\u00e9", "Z algo caf\u00e9"),
        ("\u0915\u0949\u092b\u0940", "\u0915\u0949\u092b\u0940"),
        ("", ""),
    ],
)
def test_text_is_cleaned_of_markup_and_control_characters(text: str, plain: str) -> None:
    assert clean(text, 60) == plain


def test_a_long_text_is_cut_at_a_word() -> None:
    assert clean("one two three", 9) == "one two"
    assert clean("one two three", 7) == "one two"
    assert clean("unbreakable", 6) == "unbrea"


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("They promise a result. Then they prove it!", "They promise a result. Then they prove it."),
        ("See https://evil.example/?a=b or evil.example now", "See or evil example now."),
        ("=HYPERLINK(a)", "HYPERLINK(a)."),
        ("<img src=x onerror=run()>A <b>bold</b> claim", "A bold claim."),
        ("Half (50%) of them; the rest, too.", "Half (50%) of them; the rest, too."),
        ("-- @you", "you."),
        (" .;\n", ""),
        ("Now $3.49, 1.299 kr, 3,49 € or -20 %: 4.8/5", "Now $3.49, 1.299 kr, 3,49 € or -20 %: 4.8/5."),
        ("$5 off. A/B, a$b, a+b, 1/ 2", "$5 off. A B, a b, a b, 1 2."),
    ],
)
def test_a_sentence_keeps_its_stops_and_nothing_that_acts(text: str, plain: str) -> None:
    assert clean_sentence(text, 200) == plain


@given(st.text(max_size=300))
def test_a_sentence_is_short_and_plain_and_clean_again(text: str) -> None:
    plain = clean_sentence(text, 80)
    assert len(plain) <= 80
    assert not plain or plain.endswith(".")
    assert not plain or plain[0].isalnum() or unicodedata.category(plain[0]) == "Sc"
    assert not any(unicodedata.category(character)[0] == "C" or character in "<>=@|`" for character in plain)
    assert clean_sentence(plain, 80) == plain


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("$3.49", "$3.49"),
        ("From 1.299 kr, €9 or ９８０円", "From 1.299 kr, €9 or 980円"),
        ("20 % off! 4.8/5 by 10,000+ people", "20 % off 4.8/5 by 10,000+ people"),
        ("=1+1", "1+1"),
        ("See https://evil.example/?a=b or evil.example", "See or evil example"),
        ("<b>A</b> @you", "A you"),
    ],
)
def test_a_quoted_ad_keeps_its_figures_and_nothing_that_acts(text: str, plain: str) -> None:
    assert clean_quote(text, 200) == plain


@given(st.text(max_size=300))
def test_a_quote_is_short_and_plain(text: str) -> None:
    plain = clean_quote(text, 80)
    assert len(plain) <= 80
    assert not any(unicodedata.category(character)[0] == "C" or character in "<>=@|`" for character in plain)
