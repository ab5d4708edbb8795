import pytest

from creative_approaches.core.annotating.reading import Unreadable, read_ad


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("Fish &amp; chips", "Fish & chips"),
        ("Fish &amp;amp; chips", "Fish & chips"),
        ("Don&#39;t wait", "Don't wait"),
        ("{KeyWord:Shoes} for less", "for less"),
        ("Only {{product.price}} today", "Only today"),
        ("Hello %%NAME%%, hello", "Hello , hello"),
        ("Ends in {COUNTDOWN(2026-12-01 00:00:00,5)}", "Ends in"),
        ("See https://shop.example/a?b=c now", "See now"),
        ("<b>Half</b> price", "Half price"),
        ("in\u200bvisi\u00adble\u200e", "invisible"),
        ("  two \n lines ", "two lines"),
        ("{curly} words stay", "{curly} words stay"),
        ("朝の一杯", "朝の一杯"),
    ],
)
def test_an_ad_is_read_as_a_person_reads_it(given: str, read: str) -> None:
    assert read_ad(given, None) == (read, "", None)


@pytest.mark.parametrize("headline", [None, "", "   ", "\n"])
def test_an_ad_without_text_says_so(headline: str | None) -> None:
    assert read_ad(headline, None).reason is Unreadable.NO_TEXT


@pytest.mark.parametrize(
    "headline", ["🔥🔥🔥", "https://shop.example", "{{product.name}}", "50 %", "— !!! —", "&nbsp;"]
)
def test_an_ad_without_words_says_so(headline: str) -> None:
    assert read_ad(headline, "") == ("", "", Unreadable.NO_WORDS)


def test_one_part_with_words_is_enough() -> None:
    assert read_ad("🔥", "Sale") == ("🔥", "Sale", None)


def test_a_page_in_a_field_is_cut() -> None:
    assert len(read_ad("word " * 10_000, None).headline) == 2_000
