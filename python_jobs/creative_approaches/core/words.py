"""Words of a text, whatever its script, case and accents."""

import re
import unicodedata
from typing import Final

from creative_approaches.wording.stop_words import STOP_WORDS

_APOSTROPHES: Final = dict.fromkeys(map(ord, "\u2019\u2018\u02bc\u0060\u00b4\u2032"), "'")
_SIGNS: Final = str.maketrans("٪٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "%" + "0123456789" * 2)
_ACCENTS: Final = re.compile("[\u0300-\u036f]")
# Letters and digits, with the vowel signs of Arabic, Indic and South-East Asian scripts, which \w leaves out.
WORD: Final = re.compile(r"(?:[^\W_]|[\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u0e00-\u0eff])+")
# Scripts that put no spaces between words: Thai, Lao, Khmer, kana and Chinese characters.
UNSPACED: Final = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")


# With accents, by which a word of one language differs from a noun of another: für and fur.
ANY_STOP_WORD: Final[frozenset[str]] = frozenset().union(*STOP_WORDS.values())


def fold(text: str) -> str:
    """The text without differences of case, accents, width, digits' script and kind of apostrophe."""
    text = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES).translate(_SIGNS)).casefold()
    return unicodedata.normalize("NFC", _ACCENTS.sub("", text))


def words(folded: str) -> list[str]:
    """Words of a folded text in order; apostrophes and hyphens separate, unspaced scripts stay in runs."""
    return WORD.findall(folded)
