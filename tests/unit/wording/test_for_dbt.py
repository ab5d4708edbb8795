"""What dbt reads of cues and stop words is what they are today."""

import ast
import re

from creative_approaches.wording.cues import CUES
from creative_approaches.wording.for_dbt import MACRO, wording_macros
from creative_approaches.wording.stop_words import LATIN_LANGUAGES, STOP_WORDS
from tests.support.paths import REPOSITORY


def test_the_generated_macros_are_up_to_date() -> None:
    assert (REPOSITORY / MACRO).read_text(encoding="utf-8") == wording_macros(), "stale. Run: make generated"


def test_the_macros_hold_each_cue_and_each_word() -> None:
    cues, words = (
        ast.literal_eval(text) for text in re.findall(r"return\((\{.+?\n    \})", wording_macros(), re.DOTALL)
    )
    assert cues == {name: cue.pattern for name, cue in CUES.items()}
    assert {language: frozenset(pattern.split("|")) for language, pattern in words.items()} == {
        language: STOP_WORDS[language] for language in LATIN_LANGUAGES
    }


def test_each_cue_is_a_column_a_tag_and_part_of_the_mart() -> None:
    models = REPOSITORY / "models"
    features = (models / "intermediate/creatives/int_creatives__features.sql").read_text()
    assert re.findall(r"has_cue\('ad_text', '(\w+)'\) }} as has_(\w+),", features) == [(name, name) for name in CUES]
    tags = (models / "intermediate/creatives/int_creatives__tags.sql").read_text()
    assert re.findall(r"case when has_(\w+) then 'auto:([\w-]+),", tags) == [(n, n.replace("_", "-")) for n in CUES]
    mart = (models / "marts/creatives/dim_creatives.sql").read_text()
    assert re.findall(r"features\.has_(\w+),", mart) == list(CUES)
