"""Names by Gemini: one request per approach, so that what a creative says reaches the name of its own approach only."""

from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from functools import cached_property
from typing import Any, ClassVar, Final, Self

from creative_approaches.adapters.gemini.calls import Call, GeminiCalls, Made, Refusal
from creative_approaches.adapters.gemini.generated import NoText, billed, said
from creative_approaches.adapters.namers.port import Identity, Named, Namer
from creative_approaches.core.asking.untrusted import Prompt
from creative_approaches.core.naming.answer import NamedApproach, read_answer
from creative_approaches.core.naming.approach_name import ApproachName, GivenName
from creative_approaches.core.naming.offline import Evidence, Member
from creative_approaches.core.naming.prompt import (
    NO_ANSWER,
    NameAsk,
    expected_tokens,
    prompt_version,
    write_prompt,
    write_repair,
)
from creative_approaches.core.spending import Spending
from creative_approaches.core.tokens import Tokens
from creative_approaches.core.unanswered import Unanswered
from creative_approaches.settings import NameSettings

# A name takes a hundred; the rest is for models that think first.
_MAX_OUTPUT_TOKENS: Final = 4096
_TITLE: Final = ApproachName("Discount", "Creatives: Discount in 1 of 1.")
_HARMLESS: Final = NameAsk(Evidence("", (Member("Save today"),), ("Save today",)), (), _TITLE)


class GeminiNamer(Namer):
    """Asks once for each name, and once more where the answer cannot be used; then the offline title stands in."""

    is_paid: ClassVar[bool] = True

    def __init__(self, settings: NameSettings, spending: Spending, google_credentials: Any) -> None:
        """Connect to nothing until there is something to ask: a run without new approaches needs no key."""
        self._settings, self._spending, self._google_credentials = settings, spending, google_credentials
        self._model, self._language = settings.name_model, settings.name_language
        self._open = ExitStack()

    @classmethod
    def identity(cls, settings: NameSettings) -> Identity:
        """The model of the settings, and the prompt in their language."""
        return Identity(settings.name_model, prompt_version(settings.name_language))

    @classmethod
    def open(cls, settings: NameSettings, spending: Spending, google_credentials: Any) -> Self:
        """Connect to nothing until there is something to ask."""
        return cls(settings, spending, google_credentials)

    @classmethod
    def expected_tokens(cls, settings: NameSettings, ask: NameAsk) -> Tokens:
        """Those of the first question and its answer."""
        return expected_tokens(write_prompt(ask, settings.name_language))

    @cached_property
    def _calls(self) -> GeminiCalls:
        return self._open.enter_context(GeminiCalls(self._settings, self._spending, self._google_credentials))

    def __exit__(self, *_: object) -> None:
        """Close all connections."""
        self._open.close()

    def name(self, asks: Sequence[NameAsk]) -> Named:
        """The names of these approaches. Raises UsageError where a package, a key or a project is missing."""
        first = self._make({index: write_prompt(ask, self._language) for index, ask in enumerate(asks)}, asks)
        answers = dict(enumerate(first.results))
        repairs = {
            index: prompt
            for index, answer in answers.items()
            if isinstance(answer, str) and (prompt := write_repair(asks[index], self._language, answer))
        }
        if first.stopped:
            # Not named, rather than by the offline namer: a later run asks again.
            named = [None if index in repairs else _given(ask, answers[index]) for index, ask in enumerate(asks)]
            return Named(named, first.stopped)
        second = self._make(repairs, asks)
        answers |= dict(zip(repairs, second.results, strict=True))
        return Named([_given(ask, answers[index]) for index, ask in enumerate(asks)], second.stopped)

    def _make(self, prompts: Mapping[int, Prompt], asks: Sequence[NameAsk]) -> Made[ApproachName | str]:
        calls = [self._call(asks[index], prompt) for index, prompt in prompts.items()]
        return self._calls.make(calls, check=self._call(_HARMLESS, write_prompt(_HARMLESS, self._language)))

    def _call(self, ask: NameAsk, prompt: Prompt) -> Call[ApproachName | str]:
        from google.genai import types

        config = types.GenerateContentConfig(
            system_instruction=prompt.system,
            response_mime_type="application/json",
            response_schema=NamedApproach,
            max_output_tokens=_MAX_OUTPUT_TOKENS,
        )
        expected = expected_tokens(prompt)
        return Call(
            send=lambda client: client.models.generate_content(model=self._model, contents=prompt.user, config=config),
            read=lambda answer: _read(answer, ask, self._language),
            expected=expected,
            most=Tokens(expected.input, _MAX_OUTPUT_TOKENS),
            billed=lambda answer: billed(answer, expected),
            private=[prompt.user, *ask.evidence.exemplars, *ask.siblings],
        )


def _given(ask: NameAsk, answer: ApproachName | str | Refusal | None) -> GivenName | None:
    if isinstance(answer, ApproachName):
        return GivenName(answer)
    if answer is None:
        return None
    if isinstance(answer, Refusal):
        return GivenName(ask.title, NO_ANSWER if answer.reason == Unanswered.FAULTY_ANSWER else answer.reason.value)
    return GivenName(ask.title, answer)


def _read(answer: Any, ask: NameAsk, language: str) -> ApproachName | str:
    """The name, or the fault as `write_repair` takes it."""
    text = said(answer)
    return text.fault if isinstance(text, NoText) else read_answer(text, ask.evidence, language)
