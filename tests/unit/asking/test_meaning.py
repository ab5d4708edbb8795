"""Answers that are none are known as such, in any language, and answers that are stay."""

import pytest

from creative_approaches.core.asking.meaning import (
    LANGUAGE,
    LONG,
    MEANINGLESS,
    is_written_in,
    says_nothing,
    wrong_of,
)


@pytest.mark.parametrize(
    "text",
    [
        "None",
        "N/A",
        "n.a.",
        "NULL",
        "undefined",
        "Unknown approach",
        "-",
        "42",
        "Discount discount DISCOUNT",
        "Keine Angabe",
        "Sin título",
        "Não aplicável",
        "Без названия",
        "なし",
        "未知",
        "알 수 없음",
        "غير معروف",
        "Here is the name:",
        "Sure!",
        "I'm sorry",
        "",
    ],
)
def test_words_for_nothing_say_nothing(text: str) -> None:
    assert says_nothing(text)
    assert wrong_of(text, 60, "any") == MEANINGLESS


@pytest.mark.parametrize(
    "text",
    [
        "Testimonial",
        "Nothing to lose offer",
        "Unknown brand, known pain",
        "Other people's words",
        "Day by day",
        "No offer, no hurry",
        "お客様の声",
        "Testemunho de cliente",
        "Deal",
    ],
)
def test_words_that_name_something_stay(text: str) -> None:
    assert not says_nothing(text)


@pytest.mark.parametrize(
    ("text", "language", "is_it"),
    [
        ("Deadline offer", "English", True),
        ("Предложение дня", "English", False),
        ("Предложение дня", "Russian", True),
        ("Deadline offer", "Russian", False),
        ("お客様の声", "Japanese", True),
        ("客户评价", "Chinese", True),
        ("客户评价", "English", False),
        ("Kundenstimme mit VIP-Code", "German", True),
        ("Oferta", "Portuguese (Brazil)", True),
        ("Deadline offer", "Klingon", True),
        ("20 %", "Russian", True),
        ("고객 후기", "Korean", True),
        ("عرض محدود", "Arabic", True),
        ("SALE акция сегодня", "Russian", True),
    ],
)
def test_another_script_than_asked_for_is_another_language(text: str, language: str, is_it: bool) -> None:
    assert is_written_in(text, language) is is_it
    assert (wrong_of(text, 60, language) == LANGUAGE) is (not is_it and not says_nothing(text))


def test_what_is_longer_than_it_may_be_is_long() -> None:
    assert wrong_of("word " * 13, 60, "English") == LONG
    assert wrong_of("x" * 60, 60, "English") is None
