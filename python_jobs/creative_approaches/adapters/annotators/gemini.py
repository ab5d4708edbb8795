"""The annotator that asks Gemini: texts, pictures and frames of films, one request per content."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any, ClassVar, Final, Self

import numpy as np

from creative_approaches.adapters.annotators.port import Annotated, Annotator, Content, Fault, Picture
from creative_approaches.adapters.gemini.calls import Call, FaultyAnswerError, GeminiCalls, Made, Refusal
from creative_approaches.adapters.gemini.generated import EMPTY, NoText, billed, said
from creative_approaches.core.annotating.annotation import Reader
from creative_approaches.core.annotating.answer import ReadAd, read_answer, read_phrase_answer
from creative_approaches.core.annotating.prompt import (
    VERSION,
    answer_schema,
    answer_tokens,
    write_phrase_prompt,
    write_prompt,
)
from creative_approaches.core.annotating.reading import Reading, read_ad
from creative_approaches.core.annotating.taxonomy import Taxonomy
from creative_approaches.core.arrays import Floats
from creative_approaches.core.asking.untrusted import BLOCKED, Prompt
from creative_approaches.core.spending import Spending
from creative_approaches.core.tokens import Requests, Tokens
from creative_approaches.core.unanswered import Unanswered
from creative_approaches.settings import AnnotateSettings, ReaderSettings

# An answer takes some 250; the rest is for models that think first.
_MAX_OUTPUT_TOKENS: Final = 4096
# An answer without anything in it comes by chance, and has nothing that could be said of it in a second question.
_EMPTY_ATTEMPTS: Final = 4
# By the resolution that is asked for, and what it costs: https://ai.google.dev/gemini-api/docs/media-resolution
_OF_A_PICTURE: Final = ("MEDIA_RESOLUTION_MEDIUM", 560)
_OF_A_FRAME: Final = ("MEDIA_RESOLUTION_LOW", 280)
_HARMLESS: Final = Reading("Free delivery", "Order today and pay no postage.")

_Answer = ReadAd | NoText | str  # what was read, that it was blocked, or the fault as `write_prompt` takes it
_PhraseAnswer = tuple[str | None, str | None]


@dataclass(frozen=True)
class _Ad:
    """A content as it is asked for. unseen : why it is asked for without its pictures."""

    text: Reading
    pictures: tuple[Picture, ...]
    unseen: str | None = None

    @property
    def times(self) -> list[float | None]:
        return [picture.starts_at for picture in self.pictures]

    @property
    def texts(self) -> list[str]:
        return [self.text.headline, self.text.description]


class GeminiAnnotator(Annotator):
    """Asks once for each content, and once more where the answer, or its phrase alone, cannot be used.

    Where nobody can look at its pictures, an ad is asked about by its texts: the attributes of media stay unclear.
    """

    is_paid: ClassVar[bool] = True
    sees: ClassVar[bool] = True

    def __init__(self, settings: AnnotateSettings, taxonomy: Taxonomy, spending: Spending, credentials: Any) -> None:
        """Connect to nothing until there is something to ask: a run without new contents needs no key."""
        self._settings, self._taxonomy, self._spending, self._credentials = settings, taxonomy, spending, credentials
        self._open = ExitStack()
        self._with_values: bool | None = None  # whether schemas list the values; not known before the first answer

    @classmethod
    def reader(cls, settings: ReaderSettings) -> Reader:
        """The model of the settings, with the version of what it is asked."""
        return Reader("gemini", f"{settings.annotator_model}@{VERSION}", f"gemini-{settings.gemini_backend}")

    @classmethod
    def known(cls, taxonomy: Taxonomy) -> Taxonomy:
        """All of it."""
        return taxonomy

    @classmethod
    def open(cls, settings: AnnotateSettings, taxonomy: Taxonomy, spending: Spending, google_credentials: Any) -> Self:
        """Connect to nothing yet."""
        return cls(settings, taxonomy, spending, google_credentials)

    @classmethod
    def requests_for(cls, settings: ReaderSettings, taxonomy: Taxonomy, contents: Sequence[Content]) -> Requests:
        """One for each content that has words or pictures; tokens are estimated."""
        tokens = [Tokens(0) if not (ad := _ad(content)) else _expected(ad, taxonomy) for content in contents]
        return Requests(sum(one.input > 0 for one in tokens), tokens)

    @cached_property
    def _calls(self) -> GeminiCalls:
        return self._open.enter_context(GeminiCalls(self._settings, self._spending, self._credentials))

    def __exit__(self, *_: object) -> None:
        """Close all connections."""
        self._open.close()

    def annotate(self, contents: Sequence[Content]) -> Annotated:
        """What these contents do. Raises UsageError where a package, a key or a project is missing."""
        found = _Found(self._taxonomy, len(contents))
        ads = {}
        for position, content in enumerate(contents):
            if ad := _ad(content):
                ads[position] = ad
            elif reason := read_ad(content.headline, content.description).reason:
                found.faults[position] = Fault(reason, reason.in_words)
        if not ads:
            return found.as_annotated()
        second: list[tuple[Call[Any], Callable[[Any], None]]] = []
        for position, answer in self._first(ads, found).items():
            ad = ads[position]
            if isinstance(answer, str):
                second.append((self._call(ad, answer), partial(found.take, position, ad)))
            elif blind := _without_pictures(ad, answer):
                second.append((self._call(blind), partial(found.take, position, blind)))
            else:
                found.take(position, ad, answer)
                if isinstance(answer, ReadAd) and answer.phrase_fault:
                    second.append((self._phrase_call(ad, answer.phrase_fault), partial(found.take_phrase, position)))
        if second and not found.stopped:
            results = self._make([call for call, _ in second], found).results
            for (_, take), answer in zip(second, results, strict=True):
                take(answer)
        return found.as_annotated()

    def _first(self, ads: Mapping[int, _Ad], found: "_Found") -> dict[int, "_Answer | Refusal | None"]:
        """The first answers. One is asked for before the others where it is not known whether the schema is taken.

        Gemini refuses a schema with very many values: then it lists none, and the answers are checked all the same.
        """
        answers: dict[int, _Answer | Refusal | None] = {}
        rest = list(ads)
        if self._with_values is None:
            first, self._with_values = rest.pop(0), True
            (answer,) = self._make([self._call(ads[first])], found).results
            if isinstance(answer, Refusal) and answer.reason == Unanswered.REFUSED:
                self._with_values = False
                (answer,) = self._make([self._call(ads[first])], found).results
            answers[first] = answer
        if not found.stopped:
            made = self._make([self._call(ads[position]) for position in rest], found)
            answers.update(zip(rest, made.results, strict=True))
        return answers

    def _make(self, calls: Sequence[Call[Any]], found: "_Found") -> Made[Any]:
        made = self._calls.make(calls, check=self._call(_Ad(_HARMLESS, ())))
        found.stopped = found.stopped or made.stopped
        return made

    def _call(self, ad: _Ad, fault: str | None = None) -> Call[_Answer]:
        taxonomy = _asked(self._taxonomy, ad)
        prompt = write_prompt(ad.text, taxonomy, ad.times, fault)
        schema = answer_schema(taxonomy, with_values=self._with_values is not False)

        def read(answer: Any) -> _Answer:
            text = _said(answer)
            if isinstance(text, NoText):
                return text if text.fault.startswith(BLOCKED) else text.fault
            return read_answer(text, taxonomy, ad.texts)

        return self._request(ad, prompt, schema, _expected(ad, self._taxonomy), read)

    def _phrase_call(self, ad: _Ad, fault: str) -> Call[_PhraseAnswer]:
        none = Taxonomy(())
        prompt = write_phrase_prompt(ad.text, ad.times, fault)

        def read(answer: Any) -> _PhraseAnswer:
            text = said(answer)
            return (
                (None, text.fault) if isinstance(text, NoText) else read_phrase_answer(text, ad.texts, self._taxonomy)
            )

        tokens = _with_pictures(prompt.tokens(answer_tokens(none)), ad)
        return self._request(ad, prompt, answer_schema(none), tokens, read)

    def _request(self, ad: _Ad, prompt: Prompt, schema: Mapping[str, Any], expected: Tokens, read: Any) -> Call[Any]:
        from google.genai import types

        resolution = _resolution(ad.pictures)
        config = types.GenerateContentConfig(
            system_instruction=prompt.system,
            response_mime_type="application/json",
            response_schema=schema,
            max_output_tokens=_MAX_OUTPUT_TOKENS,
            media_resolution=types.MediaResolution(resolution[0]) if resolution else None,
        )
        parts = [types.Part.from_bytes(data=picture.webp, mime_type="image/webp") for picture in ad.pictures]
        contents = types.Content(role="user", parts=[*parts, types.Part(text=prompt.user)])
        model = self._settings.annotator_model
        return Call(
            send=lambda client: client.models.generate_content(model=model, contents=contents, config=config),
            read=read,
            expected=expected,
            most=Tokens(expected.input, _MAX_OUTPUT_TOKENS),
            billed=lambda answer: billed(answer, expected),
            faulty_attempts=_EMPTY_ATTEMPTS,
            private=ad.texts,
        )


class _Found:
    """What was read so far."""

    def __init__(self, taxonomy: Taxonomy, contents: int) -> None:
        self._taxonomy = taxonomy
        self._probabilities = np.full((contents, taxonomy.size), np.nan)
        self._phrases: dict[int, str] = {}
        self._unseen: dict[int, str] = {}
        self._unphrased: dict[int, str] = {}
        self.faults: dict[int, Fault] = {}
        self.stopped: Any = None

    def take(self, position: int, ad: _Ad, answer: "_Answer | Refusal | None") -> None:
        """Take an answer, or why there is none; None where it was not asked for."""
        if isinstance(answer, ReadAd):
            self._probabilities[position] = _whole(answer.probabilities, self._taxonomy, ad)
            if ad.unseen:
                self._unseen[position] = ad.unseen
            self.take_phrase(position, (answer.phrase, answer.phrase_fault))
        elif isinstance(answer, Refusal):
            self.faults[position] = Fault(answer.reason.value, answer.detail)
        elif isinstance(answer, NoText):
            self.faults[position] = Fault(Unanswered.REFUSED.value, f"Gemini gave no answer: {answer.fault}.")
        elif answer is not None:
            self.faults[position] = Fault(Unanswered.FAULTY_ANSWER.value, f"Two answers could not be used: {answer}.")

    def take_phrase(self, position: int, answer: "_PhraseAnswer | Refusal | None") -> None:
        """Take a phrase, or why there is none; None where it was not asked for."""
        phrase, fault = (None, "refused") if isinstance(answer, Refusal) else answer or (None, None)
        if phrase:
            self._phrases[position] = phrase
            self._unphrased.pop(position, None)
        elif fault:
            self._unphrased[position] = f"Its approach phrase could not be used: {fault}."

    def as_annotated(self) -> Annotated:
        return Annotated(self._probabilities, self._phrases, self.faults, self.stopped, self._unseen, self._unphrased)


def _ad(content: Content) -> _Ad | None:
    """What there is to ask about; None where there is nothing."""
    text = read_ad(content.headline, content.description)
    return None if text.reason and not content.pictures else _Ad(text, content.pictures)


def _said(answer: Any) -> str | NoText:
    text = said(answer)
    if isinstance(text, NoText) and text.fault == EMPTY:
        raise FaultyAnswerError("Gemini's answer was empty.")
    return text


def _without_pictures(ad: _Ad, answer: "_Answer | Refusal | None") -> _Ad | None:
    """The ad as it is asked about after its pictures were refused or blocked; None where that was not so."""
    if not ad.pictures or ad.text.reason:
        return None
    if isinstance(answer, Refusal) and answer.reason == Unanswered.REFUSED:
        return replace(ad, pictures=(), unseen=f"Its pictures were refused. {answer.detail}")
    if isinstance(answer, NoText):
        return replace(ad, pictures=(), unseen=f"With its pictures it was {answer.fault}.")
    return None


def _asked(taxonomy: Taxonomy, ad: _Ad) -> Taxonomy:
    """What can be told of an ad: without pictures, nothing of media. Words painted on a picture are read as well."""
    return taxonomy if ad.pictures else taxonomy.of_medium("text")


def _whole(probabilities: Floats, taxonomy: Taxonomy, ad: _Ad) -> Floats:
    """The probabilities of all values, even ones where an attribute was not asked for."""
    asked = dict(_asked(taxonomy, ad).columns())
    whole = np.empty(taxonomy.size)
    for attribute, place in taxonomy.columns():
        known = asked.get(attribute)
        whole[place] = 1 / len(attribute.values) if known is None else probabilities[known]
    return whole


def _expected(ad: _Ad, taxonomy: Taxonomy) -> Tokens:
    asked = _asked(taxonomy, ad)
    return _with_pictures(write_prompt(ad.text, asked, ad.times).tokens(answer_tokens(asked)), ad)


def _with_pictures(tokens: Tokens, ad: _Ad) -> Tokens:
    resolution = _resolution(ad.pictures)
    return replace(tokens, input=tokens.input + resolution[1] * len(ad.pictures)) if resolution else tokens


def _resolution(pictures: Iterable[Picture]) -> tuple[str, int] | None:
    """The resolution at which pictures are looked at, and the tokens of each; None without any."""
    times = [picture.starts_at for picture in pictures]
    if not times:
        return None
    return _OF_A_PICTURE if all(time is None for time in times) else _OF_A_FRAME
