"""Concepts of advertising copy: the cues by which an offline reader tells structural approaches apart.

The phrases of a concept (ad_phrases) match whole words; in scripts without spaces they match anywhere. Its
pattern is a regular expression over the same folded text. Its weight says how much the cue tells about
the approach: a discount is one, the word "you" hardly is.

Changing anything here changes embeddings: give offline_embedding.MODEL a new name with it.
"""

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from creative_approaches.core.embedding.ad_phrases import PHRASES


@dataclass(frozen=True)
class Concept:
    """One cue: its key, the label that people read, its weight above 0 to 1, a pattern beside its phrases."""

    key: str
    label: str
    weight: float
    pattern: str = ""


_CURRENCY = r"(?:[$€£¥₹₽₩]|\b(?:usd|eur|gbp|chf)\b)"
_PEOPLE = (
    r"(?:customers?|people|users|teams|compan(?:y|ies)|families|women|men|moms|parents|members|readers|"
    r"subscribers|followers|downloads|businesses|owners|fans|brands|students|clientes|personas|kunden|"
    r"clients|utilisateurs|клиент\w*|человек|пользовател\w*)"
)
_UNITS = (
    r"(?:mah|gb|tb|mb|mm|cm|kg|g|mg|ml|l|oz|lbs?|inch(?:es)?|hz|khz|mp|watts?|w|kw|hp|v|mph|km|miles|mpg|"
    r"thread count|ply|layers|hours? (?:of )?battery|hour battery|h battery)"
)

CONCEPTS: Final = (
    Concept("testimonial", "Testimonial", 1.0, r"[\"“”«»„「].{12,}[\"“”«»」] ?[-\u2013—~] ?\w+"),
    Concept("quote", "Quotation", 0.5, r"[\"“”«„「『][^\"“”«»„」』|]{6,}[\"“”»」』]|(?:^|[ |])'[^'|]{12,}'"),
    Concept("first_person", "First person", 0.45),
    Concept("we", "We", 0.25),
    Concept("second_person", "Second person", 0.25),
    Concept("founder", "Founder story", 1.0, r"\bsince (?:18|19|20)\d\d\b|\best\.? ?(?:18|19|20)\d\d\b"),
    Concept(
        "discount",
        "Discount",
        1.0,
        r"(?:save|extra|up to|hasta|ahorra|bis zu|jusqu'a|\u0434\u043e) -?\d{1,2} ?%|-\d{1,2} ?%"
        r"|\d ?% ?(?:off|discount|rabatt|on\b|for\b|sur\b|de (?:descuento|reduction|remise)|\||$)|"
        + _CURRENCY
        + r" ?\d+ off\b",
    ),
    Concept("price", "Price", 0.7, _CURRENCY + r" ?\d|\d ?" + _CURRENCY + r"|\d ?\u0440\u0443\u0431|\d+円"),
    Concept(
        "urgency",
        "Urgency",
        1.0,
        r"\bonly \d+ (?:\w+ )?(?:left|remaining|spots|seats)\b|\bends (?:in )?\d|\b\d+ (?:\w+ )?left\b",
    ),
    Concept("exclusive", "Exclusive access", 0.8),
    Concept("how_to", "How to", 1.0),
    Concept(
        "listicle",
        "List",
        0.8,
        r"(?:^|[|.!?:] |\bthese |\bthe |\btop )(?:\d{1,2}|three|four|five|six|seven|eight|nine|ten) "
        r"(?:\w+ )?(?:\w+s|people)\b(?! (?:off|left|ago|free|only))",
    ),
    Concept("number", "Numbers", 0.15, r"\d"),
    Concept("question", "Question", 0.7, r"[?\uff1f؟¿]"),
    Concept("problem", "Problem first", 1.0),
    Concept(
        "social_proof",
        "Social proof",
        1.0,
        r"\d ?(?:k|m|mn|mio|million|millones|millionen|millions|thousand|000)?\+? (?:\w+ ){0,2}" + _PEOPLE + r"\b|#1\b",
    ),
    Concept("reviews", "Reviews and ratings", 1.0, r"[★⭐🌟]|\b[45]\.\d ?(?:/ ?5|star|out)|\b5/5\b"),
    Concept("authority", "Expert backing", 0.9),
    Concept("guarantee", "Guarantee", 0.95),
    Concept("free", "Free", 0.45),
    Concept("shipping", "Free shipping", 0.95),
    Concept(
        "trial",
        "Free trial",
        1.0,
        r"\b\d+[- ](?:day|week|month)s?(?: \w+)? (?:free|trial)\b|\bfree (?:for )?\d+[- ](?:day|week|month)"
        r"|\bfirst \w+ free\b",
    ),
    Concept("sign_up", "Sign up or demo", 0.9),
    Concept("shop_now", "Call to action", 0.3),
    Concept("comparison", "Comparison", 1.0, r"\b(?!other|rather)\w{2,}er than\b"),
    Concept(
        "before_after",
        "Before and after",
        1.0,
        r"\bin (?:just |only |as little as )?\d+ (?:days|weeks|months)\b",
    ),
    Concept(
        "specs",
        "Specs and materials",
        1.0,
        r"\d ?-?" + _UNITS + r"\b|\b\d+x\b|\b100 ?% (?:cotton|wool|linen|silk|leather|merino)",
    ),
    Concept("gift", "Gift", 1.0),
    Concept("season", "Seasonal", 0.95),
    Concept("sustainability", "Sustainability", 1.0),
    Concept("clean", "Clean ingredients", 0.7),
    Concept("humour", "Humour", 1.0, r"[😂🤣😜😹🙃🤪]"),
    Concept("curiosity", "Curiosity", 0.9),
    Concept("launch", "New launch", 0.9),
    Concept("news", "News", 0.9),
    Concept("lifestyle", "Lifestyle", 0.8),
    Concept(
        "ease",
        "Easy and fast",
        0.8,
        r"\b(?:in|under|within) (?:just |under )?(?:\d+|two|five|ten) (?:minutes?|seconds?|mins?|clicks?)\b",
    ),
    Concept("premium", "Premium quality", 0.8),
    Concept("warning", "Warning", 0.8),
    Concept("cause", "Good cause", 0.9),
    Concept("bundle", "Bundle or bonus", 0.8),
    Concept("giveaway", "Giveaway or challenge", 0.9),
    Concept("financing", "Payment terms", 0.9),
    Concept("local", "Near you", 0.7),
    Concept("personal", "Made for you", 0.8),
    Concept("narrative", "Someone's story", 0.6),
    Concept("emotion", "Emotion", 0.6),
    Concept("emoji", "Emoji", 0.25, "[\u2600-\u27bf\U0001f300-\U0001faff]"),
    Concept("exclamation", "Exclamation", 0.2, r"[!\uff01]"),
)

_APOSTROPHES: Final = dict.fromkeys(map(ord, "\u2019\u2018\u02bc\u0060\u00b4\u2032"), "'")
_SIGNS: Final = str.maketrans("٪٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹", "%" + "0123456789" * 2)
_ACCENTS: Final = re.compile("[\u0300-\u036f]")
# Letters and digits, with the vowel signs of Arabic, Indic and South-East Asian scripts, which \w leaves out.
WORD: Final = re.compile(r"(?:[^\W_]|[\u064b-\u065f\u0900-\u0963\u0966-\u0dff\u0e00-\u0eff])+")
# Scripts that put no spaces between words: Thai, Lao, Khmer, kana and Chinese characters.
UNSPACED: Final = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3005\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")


def fold(text: str) -> str:
    """The text without differences of case, accents, width, digits' script and kind of apostrophe."""
    text = unicodedata.normalize("NFKD", text.translate(_APOSTROPHES).translate(_SIGNS)).casefold()
    return unicodedata.normalize("NFC", _ACCENTS.sub("", text))


def words(folded: str) -> list[str]:
    """Words of a folded text in order; apostrophes and hyphens separate, unspaced scripts stay in runs."""
    return WORD.findall(folded)


def _index() -> tuple[dict[str, list[int]], dict[str, list[int]], dict[str, list[int]]]:
    whole: dict[str, list[int]] = defaultdict(list)
    beginnings: dict[str, list[int]] = defaultdict(list)
    anywhere: dict[str, list[int]] = defaultdict(list)
    for index, concept in enumerate(CONCEPTS):
        for phrase in PHRASES.get(concept.key, ()):
            folded = " ".join(words(fold(phrase)))
            if UNSPACED.search(folded):
                anywhere[folded].append(index)
            elif phrase.endswith("*"):
                beginnings[folded].append(index)
            else:
                whole[folded].append(index)
    return dict(whole), dict(beginnings), dict(anywhere)


_WHOLE, _BEGINNINGS, _ANYWHERE = _index()
_OPENERS: Final = frozenset(p.split(" ")[0] for p in (*_WHOLE, *_BEGINNINGS) if " " in p)
_LENGTHS: Final = sorted({len(beginning) for beginning in _BEGINNINGS})
_LONGEST_PHRASE: Final = max(len(phrase.split(" ")) for phrase in _WHOLE)
_PATTERNS: Final = tuple((i, re.compile(c.pattern)) for i, c in enumerate(CONCEPTS) if c.pattern)


def find_concepts(folded: str) -> list[int]:
    """Indices into CONCEPTS of the cues in a folded text, rising."""
    found: set[int] = set()
    tokens = words(folded)
    for start, token in enumerate(tokens):
        longest = _LONGEST_PHRASE if token in _OPENERS else 1
        phrase = ""
        for word in tokens[start : start + longest]:
            phrase = f"{phrase} {word}" if phrase else word
            found.update(_WHOLE.get(phrase, ()))
        for length in _LENGTHS:
            if length > len(phrase):
                break
            found.update(_BEGINNINGS.get(phrase[:length], ()))
    if UNSPACED.search(folded):
        for part, indices in _ANYWHERE.items():
            if part in folded:
                found.update(indices)
    found.update(index for index, pattern in _PATTERNS if pattern.search(folded))
    return sorted(found)
