"""What the README and the pages in docs/ say is so: commands run, queries find rows, links and names lead somewhere."""

import re
import shlex
import tomllib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import click
import pytest
import yaml
from dbt.cli.main import cli as dbt

from creative_approaches import errors
from creative_approaches.cli import cli as approaches
from creative_approaches.core.media.faults import REASONS
from creative_approaches.jobs.registry import JOBS
from tests.support.documentation.marts import MARTS_PAGE, table
from tests.support.documentation.pages import PAGES, Block, anchors, blocks, inline_code, links, prose
from tests.support.documentation.screen import SCREEN, excerpt
from tests.support.paths import REPOSITORY
from tests.support.workspace import Workspace

COMMANDS = blocks("sh")
QUERIES = blocks("sql")
# What pages name of dbt, of a connector's tables and of an archive.
NAMES_OF_OTHERS = {"insert_overwrite", "object_story_link_data_child_attachments", "smart_plus_ad_history", "test_week"}
OTHER_PROGRAMS = {"cp", "export", "gcloud", "git", "hf", "pre-commit", "source"}


def page_name(page: Path) -> str:
    return str(page.relative_to(REPOSITORY))


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_links_lead_somewhere(page: Path) -> None:
    broken = []
    for link in links(page):
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if not target.exists() or (anchor and anchor not in anchors(target)):
            broken.append(link)
    assert broken == []


@cache
def _words_of_the_project() -> set[str]:
    folders = ("models", "macros", "seeds", "python_jobs", "benchmarks", "tests")
    paths = [path for folder in folders for path in (REPOSITORY / folder).rglob("*")]
    paths += [REPOSITORY / name for name in ("dbt_project.yml", "profiles.yml.example", "pyproject.toml")]
    texts = (path.read_text() for path in paths if path.suffix in {".sql", ".yml", ".py", ".toml", ".example"})
    words = {word for text in texts for word in re.findall(r"\w+", text)}
    return words | {path.stem for path in paths} | {f"approaches_{path.name}" for path in REPOSITORY.iterdir()}


@pytest.mark.parametrize("page", [page for page in PAGES if page.name != "CHANGELOG.md"], ids=page_name)
def test_names_in_backticks_exist(page: Path) -> None:
    """But for the changelog's, which names what is gone."""
    names = {code for code in inline_code(page) if re.fullmatch(r"[a-z]+(_[a-z0-9]+)+", code)}
    assert sorted(names - _words_of_the_project() - NAMES_OF_OTHERS) == []


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_commands_in_backticks_exist(page: Path) -> None:
    for code in inline_code(page):
        if re.match(r"(approaches|dbt|make) [a-z]", code):
            _understand(shlex.split(code))


@pytest.mark.parametrize("block", COMMANDS, ids=str)
def test_programs_take_the_commands_of_the_documentation(block: Block) -> None:
    for words in block.commands():
        _understand(words)


def _understand(words: Sequence[str]) -> None:
    """Raise what the program would say to these options, or an AssertionError."""
    match [Path(words[0]).name, *words[1:]]:
        case ["approaches", *arguments]:
            _parse(approaches, arguments)
        case ["dbt", *arguments]:
            _parse(dbt, arguments)
        case ["make", *targets]:
            known = re.findall(r"^([a-z-]+):", (REPOSITORY / "Makefile").read_text(), re.MULTILINE)
            assert {target for target in targets if "=" not in target} <= set(known)
        case ["python", "-m", "pip", "install", *arguments]:
            assert set(re.findall(r"\w+", " ".join(word for word in arguments if word.startswith(".")))) <= _extras()
        case ["python3.11", "-m", "venv", _]:
            pass
        case [program, *_]:
            assert program in OTHER_PROGRAMS


def _parse(command: click.Command, arguments: Sequence[str]) -> None:
    """Let click take the arguments as it does when they are typed, and run nothing."""
    name, *rest = arguments
    while isinstance(command, click.Group):
        assert name in command.commands, f"{name} is no command"
        command = command.commands[name]
        if isinstance(command, click.Group):
            name, *rest = rest
    params = command.make_context(name, list(rest)).params
    variables = params.get("vars_text") or params.get("vars") or {}
    if isinstance(variables, str):
        variables = yaml.safe_load(variables)
    project = yaml.safe_load((REPOSITORY / "dbt_project.yml").read_text())
    assert set(variables) <= set(project["vars"]["creative_approaches"])


@cache
def _extras() -> set[str]:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["project"]
    return set(project["optional-dependencies"])


@pytest.mark.parametrize("block", [block for block in COMMANDS if block.is_run], ids=str)
def test_the_commands_of_the_documentation_run(
    block: Block, demo: Workspace, copy_of: Callable[[Workspace], Workspace]
) -> None:
    workspace = copy_of(demo)
    for program, *arguments in block.commands():
        finished = {"approaches": workspace.approaches, "dbt": workspace.dbt}[program](*arguments)
        assert finished.returncode == 0, finished.stdout + finished.stderr


def test_what_the_documentation_has_dbt_select_is_there(
    demo: Workspace, copy_of: Callable[[Workspace], Workspace]
) -> None:
    workspace = copy_of(demo)
    commands = [words for block in COMMANDS for words in block.commands() if "--select" in words]
    for selected in {words[words.index("--select") + 1] for words in commands}:
        finished = workspace.dbt("--warn-error", "ls", "--select", selected)
        assert finished.returncode == 0, finished.stdout


@pytest.mark.parametrize("block", [block for block in QUERIES if block.is_run], ids=str)
def test_the_queries_of_the_documentation_find_something(block: Block, demo: Workspace) -> None:
    assert demo.query(block.text)


def test_the_statements_that_uninstall_leave_nothing(
    demo: Workspace, copy_of: Callable[[Workspace], Workspace]
) -> None:
    (block,) = (block for block in QUERIES if "drop schema" in block.text)
    emptied = copy_of(demo)
    emptied.execute(block.text)
    assert emptied.query("select table_schema, table_name from information_schema.tables") == []


def test_the_screen_in_the_readme_is_what_the_summary_prints(demo: Workspace) -> None:
    finished = demo.approaches("summary")
    assert SCREEN.text() == excerpt(finished.stdout), "Renew it: make pages"


def test_the_readme_is_one_page_with_both_commands() -> None:
    text = (REPOSITORY / "README.md").read_text()
    assert len(text.splitlines()) <= 150
    assert {"make demo", "make test"} <= {" ".join(words) for block in COMMANDS for words in block.commands()}


def test_every_page_is_in_the_list_of_pages() -> None:
    index = REPOSITORY / "docs" / "README.md"
    listed = {(index.parent / link).resolve() for link in links(index)}
    assert {page for page in PAGES if page.parent == index.parent} - listed == {index}


def test_the_page_of_the_marts_says_what_their_yml_says() -> None:
    assert MARTS_PAGE.text() == table(), "Renew it: make pages"


def test_the_page_of_the_marts_names_the_method_of_every_interval_p_value_and_stability_with_its_source() -> None:
    estimated = re.compile(r".+_(low|high)|[pq]_value.*|odds_ratio|response_change|stability|score")
    columns = {
        (model["name"], column["name"])
        for path in (REPOSITORY / "models" / "marts").rglob("*.yml")
        for model in yaml.safe_load(path.read_text())["models"]
        for column in model["columns"]
        if estimated.fullmatch(column["name"])
    }
    rows = re.findall(r"^\| (`.+`) \| (`.+`) \| (.+) \|$", prose(REPOSITORY / "docs/marts.md"), re.MULTILINE)
    has_a_source = re.compile(r"[A-Z]\w+.* \(?(18|19|20)\d\d\b")  # who, and in which year
    explained = {
        (mart, column)
        for marts, names, method in rows
        if has_a_source.search(method)
        for mart in re.findall(r"`(\w+)`", marts)
        for column in re.findall(r"`(\w+)`", names)
    }
    assert columns - explained == set()


def test_the_page_about_schedules_has_every_job_in_its_order() -> None:
    (steps,) = (block for block in COMMANDS if "approaches hash-images" in block.text)
    assert [words[1] for words in steps.commands() if words[0] == "approaches"] == list(JOBS)


def test_the_page_about_schedules_lists_every_exit_code() -> None:
    listed = re.findall(r"^\| (\d+)", prose(REPOSITORY / "docs/scheduling.md"), re.MULTILINE)
    raised = {errors.ApproachesError.exit_code, *(kind.exit_code for kind in errors.ApproachesError.__subclasses__())}
    assert [int(code) for code in listed] == sorted({0} | raised)


def test_the_page_about_images_lists_every_reason() -> None:
    rows = re.findall(r"^\| (`.+?`) \| .+ \| .+ \|$", prose(REPOSITORY / "docs/images.md"), re.MULTILINE)
    listed = [code for row in rows for code in re.findall(r"`(\w+)`", row)]
    assert sorted(code for code in listed if code in REASONS) == sorted(REASONS)


def test_the_page_about_installing_lists_every_extra_that_a_user_needs() -> None:
    listed = re.findall(r"^\| `(\w+)` \|", prose(REPOSITORY / "docs/installing.md"), re.MULTILINE)
    assert {*listed, "dev", "bench"} >= _extras()
