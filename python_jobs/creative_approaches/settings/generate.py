"""What dbt and people need of the declared settings, as files: python -m creative_approaches.settings.generate.

It is run in the directory of the project. Whoever changes a declaration runs it; a test compares the files with it.
"""

import json
import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from pathlib import Path
from textwrap import wrap
from typing import Any, Final

import yaml

from creative_approaches.settings.names import REMOVED
from creative_approaches.settings.readers import GROUPS, SETTINGS, readers_of
from creative_approaches.settings.schema import Group, Setting, own_settings

COMMAND: Final = "make generated"
_SOURCE: Final = "python_jobs/creative_approaches/settings"
_BEGIN: Final = f"    # <settings> Written by `{COMMAND}`, from {_SOURCE}.\n"
_END: Final = "    # </settings>\n"
_VARS: Final = re.compile(f"(?<={re.escape(_BEGIN)}).*(?={re.escape(_END)})", re.DOTALL)
_WIDTH: Final = 110
_LONGEST_DEFAULT: Final = 40  # characters on one line


def generated_files(project: Path) -> dict[Path, str]:
    """The text that each generated file should have, by its path in the project.

    Of `dbt_project.yml` a part is generated, so that it must be there.
    """
    dbt_project = Path("dbt_project.yml")
    return {
        dbt_project: _VARS.sub(lambda _: _vars(), (project / dbt_project).read_text(), count=1),
        Path("models/settings.yml"): _exposure(),
        Path("macros/checks/setting_rules.sql"): _macros(),
        Path("docs/settings.md"): _page(),
    }


def _sections() -> Iterator[tuple[list[type[Group]], list[Setting]]]:
    """Groups of one title, and what they declare."""
    for _, of_title in groupby(GROUPS, key=lambda group: group.title):
        groups = list(of_title)
        yield groups, [known for group in groups for known in own_settings(group)]


def _heading(groups: list[type[Group]], settings: list[Setting]) -> tuple[str, str, str]:
    """Title, introduction and who reads the settings."""
    readers = list(dict.fromkeys(reader for known in settings for reader in readers_of(known.name)))
    names = [reader if reader == "dbt" else f"job {reader}" for reader in readers]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
    return groups[0].title, " ".join((groups[0].__doc__ or "").split()), f"Read by {listed}."


def _vars() -> str:
    """The vars with their defaults and meanings, as a part of dbt_project.yml."""
    sections = []
    for groups, settings in _sections():
        title, _, readers = _heading(groups, settings)
        lines = [f"# {title}. {readers}"]
        for known in settings:
            lines += wrap(known.meaning, _WIDTH, initial_indent="# ", subsequent_indent="# ", break_on_hyphens=False)
            lines += (
                [f"{known.name}:", *(f"  - {one}" for one in known.default)]
                if _is_long(known)
                else [f"{known.name}: {_yaml(known.default)}"]
            )
        sections.append("".join(f"    {line}\n" for line in lines))
    return "\n".join(sections)


def _exposure() -> str:
    values = "".join(f"""          {name}: "{{{{ var('{name}') }}}}"\n""" for name in SETTINGS)
    return f"""\
# Written by `{COMMAND}`, from {_SOURCE}.
version: 2

exposures:
  - name: settings
    label: Settings
    type: application
    owner:
      name: creative_approaches
    description: What the vars say in this run. The jobs read their settings here.
    config:
      meta:
        settings:
{values}"""


def _macros() -> str:
    rules = "".join(f"        '{name}': {json.dumps(known.rule.for_dbt())},\n" for name, known in SETTINGS.items())
    removed = "".join(f"        '{name}',\n" for name in sorted(REMOVED))
    return f"""\
{{# Written by `{COMMAND}`, from {_SOURCE}: what each setting may be. #}}
{{% macro setting_rules() %}}
    {{{{ return({{
{rules}    }}) }}}}
{{% endmacro %}}

{{# Settings of earlier versions, whose values are fixed now. #}}
{{% macro removed_settings() %}}
    {{{{ return([
{removed}    ]) }}}}
{{% endmacro %}}
"""


def _page() -> str:
    parts = [
        f"""\
# Settings

<!-- Written by `{COMMAND}`, from {_SOURCE}. -->

All settings are dbt vars. Change them under `vars` in `dbt_project.yml`, or for one run with
`--vars '{{period_grain: month}}'`. A value that is not allowed, and a var that does not exist, stop the run before
anything is written. [Why some values are no settings](decisions.md#which-values-are-no-settings) any more.
"""
    ]
    for groups, settings in _sections():
        title, introduction, readers = _heading(groups, settings)
        rows = "".join(
            f"| `{known.name}` | {_default(known)} | {known.rule.in_words()} | {known.meaning} |\n"
            for known in settings
        )
        parts.append(
            f"## {title}\n\n{introduction} {readers}\n\n"
            f"| var | default | it must be | meaning |\n| --- | --- | --- | --- |\n{rows}"
        )
    # The page lies in docs itself.
    return re.sub(r"docs/([\w-]+\.md)", r"[\1](\1)", "\n".join(parts))


def _default(known: Setting) -> str:
    return f"a list of {len(known.default)}, in `dbt_project.yml`" if _is_long(known) else f"`{_yaml(known.default)}`"


def _is_long(known: Setting) -> bool:
    return len(_yaml(known.default)) > _LONGEST_DEFAULT


def _yaml(value: Any) -> str:
    """A value on one line."""
    plain = list(value) if isinstance(value, tuple) else dict(value) if isinstance(value, Mapping) else value
    return yaml.safe_dump(plain, default_flow_style=True, width=10_000).removesuffix("\n...\n").strip()


def main() -> None:
    """Write the files of the project in the current directory."""
    project = Path.cwd()
    for path, text in generated_files(project).items():
        (project / path).write_text(text)


if __name__ == "__main__":
    main()
