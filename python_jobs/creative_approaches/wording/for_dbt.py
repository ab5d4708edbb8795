"""What dbt reads of cues and stop words, as macros, which make generated writes."""

from pathlib import Path
from typing import Final

from creative_approaches.wording.cues import CUES
from creative_approaches.wording.stop_words import LATIN_LANGUAGES, STOP_WORDS

MACRO: Final = Path("macros/creatives/wording.sql")


def wording_macros() -> str:
    """The text of the macros."""
    patterns = "".join(f"        '{name}': '{cue.pattern}',\n" for name, cue in CUES.items())
    words = "".join(f"        '{language}': '{_pattern(STOP_WORDS[language])}',\n" for language in LATIN_LANGUAGES)
    return f"""\
{{# Generated from python_jobs/creative_approaches/wording: make generated #}}
{{% macro cue_pattern(name) %}}
    {{{{ return({{
{patterns}    }}[name]) }}}}
{{% endmacro %}}

{{% macro stop_words() %}}
    {{{{ return({{
{words}    }}) }}}}
{{% endmacro %}}
"""


def _pattern(words: frozenset[str]) -> str:
    return "|".join(sorted(words))


if __name__ == "__main__":
    MACRO.write_text(wording_macros(), encoding="utf-8")
