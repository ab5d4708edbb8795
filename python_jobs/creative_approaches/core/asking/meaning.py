"""Answers that are none: words that stand where a model has nothing to say, or says it in another script.

Each of them passes every check of form, and would be shown to people as the name of an approach.
"""

import unicodedata
from collections import Counter
from typing import Final

from creative_approaches.core.words import fold, words

MEANINGLESS: Final = "meaningless"
LANGUAGE: Final = "language"
LONG: Final = "long"

# What models write into a field that they have nothing for: words for nothing, for the field itself, and the
# beginnings of answers to a person. Folded, a word apart by one space.
_FILLERS: Final = frozenset({
    "n a", "na", "nan", "nil", "no", "none", "null", "void", "nothing", "undefined", "unknown", "unnamed", "untitled",
    "unclear", "unspecified", "not applicable", "not available", "not specified", "not provided", "not sure",
    "no name", "no answer", "no approach", "no data", "no description", "no distinction", "no information", "no phrase",
    "none of the above", "none provided", "tbd", "to be determined", "todo", "placeholder", "lorem ipsum", "example",
    "sample", "test", "string", "text", "name", "title", "label", "phrase", "description", "answer", "json", "approach",
    "creative approach", "approach name", "name of the approach", "approach phrase", "ad", "ads", "advert",
    "advertisement", "advertising", "creative", "creatives", "general", "generic", "misc", "miscellaneous", "mixed",
    "other", "others", "various", "mixed approach", "other approach", "unknown approach", "unnamed approach",
    "here is the name", "here is the answer", "sure", "sure here is the name", "i cannot answer", "i can t answer",
    "i cannot help with that", "i m sorry", "sorry", "as an ai", "ok", "okay", "yes", "true", "false",
    "kein", "keine", "keiner", "nichts", "kein name", "keine angabe", "keine angaben", "unbekannt", "ohne namen",
    "ohne titel", "nicht bekannt", "nicht verfugbar", "sonstiges", "allgemein", "verschiedenes",
    "ninguno", "ninguna", "nada", "sin nombre", "sin titulo", "desconocido", "desconocida", "no aplica",
    "no disponible", "no especificado", "otros", "varios",
    "aucun", "aucune", "rien", "inconnu", "inconnue", "sans nom", "sans titre", "non applicable", "non disponible",
    "autre", "autres", "divers",
    "nessuno", "nessuna", "niente", "sconosciuto", "senza nome", "senza titolo", "non disponibile", "altro", "vari",
    "nenhum", "nenhuma", "desconhecido", "sem nome", "sem titulo", "nao aplicavel",
    "geen", "niets", "onbekend", "naamloos", "niet van toepassing", "overig", "diversen",
    "brak", "nieznane", "bez nazwy", "inne", "ingen", "inget", "okand", "namnlos", "ukendt", "ukjent", "ei mitaan",
    "yok", "bilinmiyor", "isimsiz", "diger", "tidak ada", "tidak diketahui", "khong co",
    "нет", "ничего", "неизвестно", "без названия", "другое", "немає", "невідомо",
    "なし", "無し", "該当なし", "不明", "未定", "その他", "無題", "无", "無", "没有", "未知", "不适用", "其他", "無名",
    "未命名", "없음", "알 수 없음", "해당 없음", "기타", "무제",
    "لا شيء", "غير معروف", "بدون اسم", "لا يوجد", "غير متوفر", "אין", "לא ידוע", "ללא שם",
    "कोई नहीं", "अज्ञात", "ไม่มี", "ไม่ทราบ", "τιποτα", "αγνωστο",
})  # fmt: skip
_FOLDED_FILLERS: Final = frozenset(" ".join(words(fold(filler))) for filler in _FILLERS)

_HAN: Final = "CJK"
# Languages, and the scripts that their letters are of, by the first word of a character's Unicode name. A language that
# is not here may be written in any script.
_WRITTEN: Final = (
    (
        "english german spanish french italian portuguese dutch polish czech slovak slovene slovenian croatian "
        "hungarian romanian swedish danish norwegian finnish estonian latvian lithuanian turkish indonesian malay "
        "vietnamese catalan irish welsh icelandic albanian filipino tagalog swahili afrikaans basque galician",
        {"LATIN"},
    ),
    ("russian ukrainian bulgarian belarusian macedonian", {"CYRILLIC"}),
    ("arabic persian farsi urdu", {"ARABIC"}),
    ("hindi marathi nepali", {"DEVANAGARI"}),
    ("chinese mandarin cantonese", {_HAN}),
    ("japanese", {"HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", _HAN}),
    ("korean", {"HANGUL", _HAN}),
    ("greek", {"GREEK"}),
    ("hebrew", {"HEBREW"}),
    ("thai", {"THAI"}),
    ("bengali", {"BENGALI"}),
    ("tamil", {"TAMIL"}),
    ("telugu", {"TELUGU"}),
    ("georgian", {"GEORGIAN"}),
    ("armenian", {"ARMENIAN"}),
)
_SCRIPTS: Final = {language: scripts for languages, scripts in _WRITTEN for language in languages.split()}


def wrong_of(text: str, longest: int, language: str) -> str | None:
    """Why a text says nothing, `long`, `meaningless` or `language`; None where it may stand.

    longest : characters that it may have.  language : the one it was asked for in, by its English name; one that is
    not known here may be written in any script.
    """
    if len(text) > longest:
        return LONG
    if says_nothing(text):
        return MEANINGLESS
    return None if is_written_in(text, language) else LANGUAGE


def says_nothing(text: str) -> bool:
    """Whether a text has no word, one word again and again, or stands for having nothing to say."""
    said = words(fold(text))
    if not any(any(character.isalpha() for character in word) for word in said):
        return True
    if len(said) > 1 and len(set(said)) == 1:
        return True
    return " ".join(said) in _FOLDED_FILLERS


def is_written_in(text: str, language: str) -> bool:
    """Whether most letters of a text are of a script of the language, such as English or Portuguese (Brazil)."""
    known = words(fold(language))
    scripts = next((_SCRIPTS[word] for word in known if word in _SCRIPTS), None)
    letters = Counter(unicodedata.name(letter, "?").split()[0] for letter in text if letter.isalpha())
    if scripts is None or not letters:
        return True
    return 2 * sum(letters[script] for script in scripts) > letters.total()
