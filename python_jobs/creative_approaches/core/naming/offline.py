"""Names of structural approaches without a model: what sets an approach apart from its siblings.

Cues (tags, and the concepts found in the copy) come first in a name, distinctive words after them, as in
"Discount and urgency: weekend, code".
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, combinations, islice, pairwise
from typing import Final

from creative_approaches.core.arrays import Floats
from creative_approaches.core.embedding.ad_concepts import CONCEPTS, find_concepts
from creative_approaches.core.embedding.offline import word_stem
from creative_approaches.core.naming.approach_name import NAME_LENGTH, SENTENCE_LENGTH, ApproachName, first_free
from creative_approaches.core.plain_text import clean, clean_quote, clean_sentence
from creative_approaches.core.words import ANY_STOP_WORD, UNSPACED, WORD, fold, words

MODEL: Final = "offline-traits-v1"
PROMPT_VERSION: Final = "1"

# Tags come in lower case; these words of them are written in capitals.
_ACRONYMS: Final = frozenset({
    "3d", "ai", "ar", "asmr", "b2b", "b2c", "bogo", "cgi", "cta", "diy", "faq", "gif", "hd", "pov", "pr", "qr", "roi",
    "tv", "ugc", "ui", "usp", "vip", "vr",
})  # fmt: skip
_LONGEST_ACRONYM: Final = 5
# Cues that describe the wording of any ad rather than an approach; they name one only if nothing else does.
_WEAK_LABELS: Final = frozenset({
    "Emoji", "First person", "Long text", "Number", "Numbers", "Second person", "Short text", "We",
})  # fmt: skip
# The share of its members that must carry a cue that names an approach.
_CUE_SHARE: Final = 0.4
# The second cue must be nearly as distinctive as the first.
_SECOND_CUE: Final = 0.6
# Pseudo-counts that the prior adds to each side, spread over the terms like the whole cohort's.
_PRIOR_STRENGTH: Final = 10.0
# Terms below this z-score are chance; they only tell siblings apart that would share a name.
_SURE: Final = 0.8
_TERMS_TRIED: Final = 8


@dataclass(frozen=True)
class Member:
    """A creative: its headline and description (may be empty), and its given and derived tags.

    traits : the probability of each value of the taxonomy, shape (values,); None where nobody read what it does.
    """

    text: str
    tags: frozenset[str] = frozenset()
    traits: Floats | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Evidence:
    """An approach in one period: its members, and their texts nearest its centroid, nearest first."""

    approach_id: str
    members: tuple[Member, ...]
    exemplars: tuple[str, ...] = ()


@dataclass(frozen=True)
class ScoredTerm:
    """A term with its z-score: how surely it is more frequent in its group than in the others."""

    term: str
    z: float
    count: int


def distinctive_terms(
    groups: Mapping[str, Mapping[str, int]], prior_strength: float = _PRIOR_STRENGTH
) -> dict[str, list[ScoredTerm]]:
    """Terms of each group, most distinctive first; ties by count, then by term.

    groups : group -> term -> count, 1 or more. The score is the log-odds ratio of the group against all
    others under an informative Dirichlet prior, over its standard deviation (Monroe, Colaresi and Quinn,
    "Fightin' Words", 2008); the prior follows the counts of all groups and weighs
    prior_strength counts. Where one group is all there is, every score is 0. Raises ValueError for a prior
    that is not above 0 and for counts below 1.
    """
    if not prior_strength > 0:
        raise ValueError(f"prior_strength must be above 0, not {prior_strength}")
    total: Counter[str] = Counter()
    for counts in groups.values():
        for term, number in counts.items():
            if number < 1:
                raise ValueError(f"the count of {term!r} must be at least 1, not {number}")
        total.update(counts)
    everything = total.total()
    scored = {}
    for group, counts in groups.items():
        size = sum(counts.values()) + prior_strength
        rest = everything - sum(counts.values()) + prior_strength
        terms = []
        for term, inside in counts.items():
            prior = prior_strength * total[term] / everything
            here, there = inside + prior, total[term] - inside + prior
            z = 0.0
            if rest > prior_strength and total[term] < everything:
                log_odds = math.log(here / (size - here)) - math.log(there / (rest - there))
                z = log_odds / math.sqrt(1 / here + 1 / there)
            terms.append(ScoredTerm(term, z, inside))
        scored[group] = sorted(terms, key=lambda t: (-t.z, -t.count, t.term))
    return scored


def name_approaches(
    cohort: Sequence[Evidence], kept: Mapping[str, str], taken: Iterable[str] = ()
) -> dict[str, ApproachName]:
    """Names for the approaches of one cohort and period that have none yet.

    cohort : every approach of the period, once; all of them are the background that makes a term distinctive.
    kept : approach -> name for those that keep theirs. It may hold approaches that the period does not have.
    taken : further names that none may get.

    Names are unique within the cohort, whatever their case, and do not depend on the order of the input.
    Raises ValueError for an approach without members or listed twice.
    """
    cohort = sorted(cohort, key=lambda evidence: evidence.approach_id)
    for earlier, later in pairwise(cohort):
        if earlier.approach_id == later.approach_id:
            raise ValueError(f"approach {later.approach_id} is listed twice")
    for evidence in cohort:
        if not evidence.members:
            raise ValueError(f"approach {evidence.approach_id} has no members")
    spelling: dict[str, Counter[str]] = {}
    cues = distinctive_terms({e.approach_id: _cue_counts(e) for e in cohort})
    terms = distinctive_terms({e.approach_id: _term_counts(e, spelling) for e in cohort})

    used = {*kept.values(), *taken}
    names: dict[str, ApproachName] = {}
    for evidence in cohort:
        if evidence.approach_id in kept:
            continue
        size = len(evidence.members)
        labels = _choose_cues(cues[evidence.approach_id], size)
        chosen = _choose_terms(terms[evidence.approach_id], size, [cue.term for cue in labels])
        if not labels and not chosen:
            labels = sorted(cues[evidence.approach_id], key=lambda cue: (-cue.count, cue.term))[:1]
        shown = [_spelled(term.term, spelling) for term in chosen]
        sure = [text for text, term in zip(shown, chosen, strict=True) if term.z >= _SURE or len(cohort) == 1]
        heads = [cue.term for cue in labels]
        name = first_free(chain(_candidates(heads, sure), _candidates(heads, shown)), used)
        used.add(name)
        told = _tell_apart(labels, [text for text, term in zip(shown, chosen, strict=True) if term.z >= _SURE])
        names[evidence.approach_id] = ApproachName(name, _describe(evidence, labels, sure), told)
    return names


def typical_terms(cohort: Sequence[Evidence]) -> dict[str, list[str]]:
    """Words of each approach of a cohort and period, most distinctive first, as its creatives spell them."""
    spelling: dict[str, Counter[str]] = {}
    terms = distinctive_terms({e.approach_id: _term_counts(e, spelling) for e in cohort})
    return {
        e.approach_id: [
            _spelled(term.term, spelling) for term in _choose_terms(terms[e.approach_id], len(e.members), [])
        ]
        for e in cohort
    }


def common_cues(evidence: Evidence) -> list[tuple[str, int]]:
    """Cues that are widespread in an approach, with the number of members that carry them, most common first."""
    counts = _cue_counts(evidence)
    wide = [(cue, number) for cue, number in counts.items() if number >= _CUE_SHARE * len(evidence.members)]
    return sorted(wide, key=lambda cue: (-cue[1], cue[0]))


def _label(tag: str) -> str:
    """A tag as people read it: auto:social-proof is "Social proof". Empty for a language, which is no approach."""
    tag = tag.removeprefix("auto:")
    if tag.startswith("language-"):
        return ""
    plain = clean(re.sub(r"[_\-:/]+", " ", tag), NAME_LENGTH // 2).lower()
    label = " ".join(word.upper() if word in _ACRONYMS else word for word in plain.split())
    return label[:1].upper() + label[1:]


def _cue_counts(evidence: Evidence) -> Counter[str]:
    """How many members carry each cue: tags and concepts, a label that both give counted once per member."""
    counts: Counter[str] = Counter()
    for member in evidence.members:
        labels = {_label(tag) for tag in member.tags}
        labels |= {CONCEPTS[index].label for index in find_concepts(member.text)}
        counts.update(labels - {""})
    return counts


@dataclass(frozen=True)
class _Idea:
    """What a cue or a term means: the stems of its words, and the concepts that these words show."""

    stems: frozenset[str]
    concepts: frozenset[int]

    def is_in(self, others: Iterable["_Idea"]) -> bool:
        """Whether one of the others says it, too, in the same words or in others."""
        return any(self.stems & other.stems or self.concepts & other.concepts for other in others)


def _idea(text: str) -> _Idea:
    stems = frozenset(word_stem(word) for word in words(fold(text)) if word not in ANY_STOP_WORD)
    return _Idea(stems, frozenset(find_concepts(text)))


def _choose_cues(cues: Sequence[ScoredTerm], members: int) -> list[ScoredTerm]:
    """Up to two cues: widespread in the approach, distinctive, telling ones before weak ones."""
    wide = [cue for cue in cues if cue.count >= _CUE_SHARE * members and cue.z >= 0]
    telling = [cue for cue in wide if cue.term not in _WEAK_LABELS]
    ranked = sorted(telling or wide, key=lambda cue: (-cue.z * cue.count / members, -cue.count, cue.term))
    if not ranked:
        return []
    first = ranked[0]
    said = [_idea(first.term)]
    others = (cue for cue in ranked[1:] if telling and not _idea(cue.term).is_in(said))
    return [first] + [cue for cue in islice(others, 1) if cue.z >= _SECOND_CUE * first.z]


_KANA_OR_HAN: Final = re.compile(r"[\u30a1-\u30ff]{2,}|[\u3400-\u9fff\u3005]{2,}|[\u0e00-\u0eff\u1780-\u17ff]+")


def _words(text: str) -> list[str]:
    """Words as written. Unspaced runs are cut where the script changes; kana endings and lone signs are dropped."""
    found: list[str] = []
    for run in WORD.findall(unicodedata.normalize("NFKC", text)):
        found += _KANA_OR_HAN.findall(run) if UNSPACED.search(run) else [run]
    return found


def _term_counts(evidence: Evidence, spelling: dict[str, Counter[str]]) -> Counter[str]:
    """How many members use each word and pair of words, stop words and bare numbers left out."""
    counts: Counter[str] = Counter()
    for member in evidence.members:
        terms: set[str] = set()
        previous: tuple[str, str] | None = None
        written = _words(member.text)
        for before, word, after in zip(["", *written], written, [*written[1:], ""], strict=False):
            key = fold(word)
            is_acronym = _is_acronym(word) and not _is_acronym(before) and not _is_acronym(after)
            is_short = len(key) < 3 and not is_acronym and not UNSPACED.search(key)
            if word.lower() in ANY_STOP_WORD or key.isdecimal() or is_short:
                previous = None
                continue
            spelled = word if is_acronym else word.lower()
            spelling.setdefault(key, Counter())[spelled] += 1
            terms.add(key)
            if previous:
                pair = f"{previous[0]} {key}"
                spelling.setdefault(pair, Counter())[f"{previous[1]} {spelled}"] += 1
                terms.add(pair)
            previous = (key, spelled)
        counts.update(terms)
    return counts


def _is_acronym(word: str) -> bool:
    """Whether a word looks like one: a few capitals. Several in a row are no acronyms but a loud voice."""
    return word.isupper() and word.isalpha() and 1 < len(word) <= _LONGEST_ACRONYM


def _spelled(term: str, spelling: Mapping[str, Counter[str]]) -> str:
    return min(spelling[term].items(), key=lambda item: (-item[1], item[0]))[0]


def _choose_terms(terms: Sequence[ScoredTerm], members: int, labels: Sequence[str]) -> list[ScoredTerm]:
    """Distinctive terms that at least two members use and that repeat no idea of a cue or of one another."""
    said = [_idea(label) for label in labels]
    chosen: list[ScoredTerm] = []
    for term in terms:
        if term.count < min(2, members) or term.z < 0:
            continue
        idea = _idea(term.term)
        if not idea.is_in(said):
            chosen.append(term)
            said.append(_Idea(idea.stems, frozenset()))
        if len(chosen) == _TERMS_TRIED:
            break
    return chosen


def _candidates(labels: Sequence[str], terms: Sequence[str]) -> Iterator[str]:
    """Names from the best to the last resort: two terms, other terms, one term, none."""
    head = " and ".join([*labels[:1], *(_inside(label) for label in labels[1:])])
    for chosen in [*combinations(terms, 2), *((term,) for term in terms), ()]:
        words = ", ".join(chosen)
        if not head:
            yield words[:1].upper() + words[1:]
        elif not words:
            yield head
        elif len(head) + len(words) + 2 <= NAME_LENGTH:
            yield f"{head}: {words}"


def _inside(label: str) -> str:
    """A label that does not begin a name."""
    return label if label[:2].isupper() else label[:1].lower() + label[1:]


def _describe(evidence: Evidence, cues: Sequence[ScoredTerm], terms: Sequence[str]) -> str:
    """One sentence: how many members carry the cues, the words that set them apart, the nearest text."""
    size = len(evidence.members)
    clauses = [f"{cue.term} in {cue.count} of {size}" for cue in cues] or [f"{size} without a common cue"]
    text = "Creatives: " + ", ".join(clauses)
    if terms:
        text += "; typical words " + ", ".join(terms[:3])
    room = SENTENCE_LENGTH - len(text) - len(", such as ''.")
    example = clean_quote(evidence.exemplars[0], max(room, 0)) if evidence.exemplars else ""
    if example and room >= 20:
        text += f", such as '{example}'"
    return text[: SENTENCE_LENGTH - 1] + "."


def _tell_apart(cues: Sequence[ScoredTerm], terms: Sequence[str]) -> str | None:
    """One sentence: what is more frequent than among the siblings; None where nothing is."""
    clauses = [cue.term for cue in cues if cue.z > 0]
    if terms:
        clauses.append("the words " + ", ".join(terms[:3]))
    return clean_sentence(f"More than its siblings: {'; '.join(clauses)}", SENTENCE_LENGTH) if clauses else None
