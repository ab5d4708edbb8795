"""Cues: signs in a text that need no judgement."""

import re

import pytest

from creative_approaches.wording.cues import CUES, Cue, shows

CASES = list(CUES.values())


@pytest.mark.parametrize(("cue", "text"), [(cue, text) for cue in CASES for text in cue.shown_by])
def test_a_cue_is_found_in_the_texts_that_show_it(cue: Cue, text: str) -> None:
    assert shows(cue.name, text)
    assert shows(cue.name, f"Now: {text}!")


@pytest.mark.parametrize(("cue", "text"), [(cue, text) for cue in CASES for text in cue.not_by])
def test_a_cue_is_not_found_in_texts_that_only_look_so(cue: Cue, text: str) -> None:
    assert not shows(cue.name, text)


@pytest.mark.parametrize("cue", CASES, ids=lambda cue: cue.name)
def test_a_pattern_has_only_what_every_engine_reads_alike(cue: Cue) -> None:
    r"""RE2 has no look-around, Python no \p{...}; quotes and backslashes end or change the strings of SQL."""
    assert not re.search(r"[\\'\"`\n]|\(\?|[*+?}][+?]|\[\[|\[:|&&|\|\||~~|\{%|\{\{|\{#", cue.pattern)
    assert cue.pattern == cue.pattern.lower()


def test_case_does_not_matter() -> None:
    assert shows("occasion", "BLACK FRIDAY")
    assert shows("date", "Until NOVEMBER 30")
