"""Text that is safe wherever it is shown, whoever gave it: no markup, links or formulas."""

import re
import unicodedata
from collections.abc import Iterable
from itertools import dropwhile
from typing import Final

_JOINTS: Final = " ,:&'-"
_MARKUP: Final = re.compile(r"<[^<>]*>")
_LINK: Final = re.compile(r"\b[a-z][a-z0-9+.-]*://\S*", re.IGNORECASE)


def clean(text: str, length: int) -> str:
    """Plain text that is safe wherever a name is shown: letters, digits, spaces and , : & ' - only.

    At most `length` characters, cut at a word where possible; begins with a letter or digit. May be empty.
    """
    text = _only(_normal(text), _JOINTS)
    return _cut(text, length).rstrip(_JOINTS)


def clean_quote(text: str, length: int) -> str:
    """Plain text of an ad: as `clean`, but with the signs of its figures, such as $3.49, 20%, 4.8/5 and 50+.

    It may begin with a currency sign. Markup and links are left out.
    """
    text = _LINK.sub(" ", _MARKUP.sub(" ", _normal(text)))
    return _cut(_with_figures(text, _JOINTS), length).rstrip(_JOINTS + "/")


def clean_sentence(text: str, length: int) -> str:
    """Plain text of one or more sentences, with a full stop at its end: as `clean_quote`, and . ; ( ) % as well.

    Full stops stay at the end of words and in figures only, so that nothing becomes a link.
    """
    text = _LINK.sub(" ", _MARKUP.sub(" ", _normal(text)))
    text = re.sub(r"\.(?=\S)(?!(?<=\d\.)\d)", " ", _with_figures(text, _JOINTS + ".;()%"))
    text = _with_figures(_cut(" ".join(text.split()), length - 1), _JOINTS + ".;()%").rstrip(_JOINTS + "/.;(")
    return f"{text}." if text else ""


def _normal(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace("\u2019", "'")


def _only(text: str, allowed: str) -> str:
    """Letters, digits and what is allowed; the rest become spaces. Begins with a letter or digit."""
    text = _spaced(character if _is_plain(character) or character in allowed else " " for character in text)
    return "".join(dropwhile(lambda character: not character.isalnum(), text))


def _with_figures(text: str, allowed: str) -> str:
    """As `_only`, with the signs that belong to a figure. Begins with a letter, digit or currency sign."""
    text = _spaced(
        here if _is_plain(here) or here in allowed or _is_of_figure(text, place) else " "
        for place, here in enumerate(text)
    )
    return "".join(dropwhile(lambda character: not (character.isalnum() or _is_currency(character)), text))


def _is_of_figure(text: str, place: int) -> bool:
    """Whether the sign at a place belongs to a figure beside it; a space may stand between them, as in 20 %."""
    before, sign, after = text[max(0, place - 2) : place], text[place], text[place + 1 : place + 3]
    if _is_currency(sign):
        return before.strip()[-1:].isdecimal() or after.strip()[:1].isdecimal()
    if sign == "%":
        return before.strip()[-1:].isdecimal()
    return before[-1:].isdecimal() and (sign == "+" or (sign in "./" and after[:1].isdecimal()))


def _is_currency(character: str) -> bool:
    return unicodedata.category(character) == "Sc"


def _spaced(characters: Iterable[str]) -> str:
    return re.sub(r" +([,:])", r"\1", " ".join("".join(characters).split()))


def _cut(text: str, length: int) -> str:
    if len(text) <= length:
        return text
    cut = text[: length + 1].rfind(" ")
    return text[: cut if cut > length // 2 else length]


def _is_plain(character: str) -> bool:
    # Marks are vowel signs in many scripts; the Latin ones left after NFKC only pile up on letters.
    category = unicodedata.category(character)
    is_mark = category in ("Mn", "Mc") and not "\u0300" <= character <= "\u036f"
    return category[0] == "L" or category == "Nd" or is_mark
