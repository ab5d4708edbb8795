"""The jobs that ask Gemini, as people and schedulers run them: real commands, real wire, a loopback server."""

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from creative_approaches.errors import LimitError, TemporaryError, UsageError
from tests.support.gemini.access import KEY, TOKEN
from tests.support.gemini.server import GeminiServer, running_gemini
from tests.support.workspace import Workspace, make_workspace

# What the jobs themselves send, to tell a bad text from a bad day.
HARMLESS = {"Free delivery", "Save today"}
EMBED = {"embedder": "gemini", "embedding_dimensions": 128}


@pytest.fixture(scope="module")
def gemini() -> Iterator[GeminiServer]:
    with running_gemini() as running:
        yield running


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory, gemini: GeminiServer) -> Workspace:
    """One directory for all tests: dbt reads a project anew only where it has moved or vars have changed."""
    project = replace(make_workspace(tmp_path_factory.mktemp("gemini") / "a project"), environment=gemini.environment)
    project.set_vars(embed_source="text")
    return project


@pytest.fixture(scope="module")
def embedded(demo: Workspace, project: Workspace) -> Path:
    """The file of the demo after a run without a model whose texts are embedded, too."""
    shutil.copy(demo.database, project.database)
    built = project.dbt(
        "run", "--select", "int_creatives__embedding_text", "int_texts__distinct", "int_cohorts__members"
    )
    assert built.returncode == 0, built.stdout
    finished = project.approaches("embed")
    assert finished.returncode == 0, finished.stderr
    kept = project.database.with_suffix(".embedded")
    shutil.move(project.database, kept)
    return kept


@pytest.fixture
def world(embedded: Path, project: Workspace, gemini: GeminiServer) -> Workspace:
    """The demo after a run without a model, and a key for Gemini."""
    gemini.script.clear()
    gemini.asked.clear()
    gemini.answered.clear()
    shutil.copy(embedded, project.database)
    shutil.rmtree(project.directory / "logs", ignore_errors=True)
    return project


def last_run(world: Workspace, job: str) -> dict[str, Any]:
    columns = "outcome, requests, retries, tokens, tokens_are_estimated, estimated_cost_usd, rows_written"
    rows = world.query(
        f"select {columns} from approaches_jobs.job_runs where job = '{job}' order by started_at desc limit 1"
    )
    return dict(zip(columns.split(", "), rows[0], strict=True))


def texts_of(world: Workspace) -> list[str]:
    return [text for (text,) in world.query("select embedding_text from approaches_intermediate.int_texts__distinct")]


def test_a_change_to_gemini_is_estimated_announced_stopped_and_finished(world: Workspace, gemini: GeminiServer) -> None:
    """What a careful person types, one after the other."""
    texts = texts_of(world)

    limited = {**EMBED, "max_requests": 2}
    dry = world.approaches("embed", "--dry-run", **limited)
    assert f"{len(texts):,} of {len(texts):,} vectors to be made by gemini-embedding-2" in dry.stdout, dry.stderr
    assert "USD by prices of 20" in dry.stdout
    assert not gemini.asked

    stopped = world.approaches("embed", **limited)
    assert stopped.returncode == LimitError.exit_code
    assert "Stopped by max_requests: 2 requests were sent. What was done is kept" in stopped.stderr
    assert "Vectors of offline-lexical-v2 (offline, 512 dimensions) stay" in stopped.stderr
    run = last_run(world, "embed")
    assert (run["outcome"], run["requests"], run["rows_written"]) == ("stopped", 2, 200)
    assert run["tokens_are_estimated"]

    # A part of the texts is no base for clusters.
    early = world.approaches("cluster", **limited)
    assert early.returncode != 0
    assert "approaches embed" in early.stderr

    finished = world.approaches("embed", **EMBED)
    assert finished.returncode == 0, finished.stderr
    assert f"{len(texts) - 200:,} of {len(texts):,} vectors to be made" in finished.stderr
    run = last_run(world, "embed")
    assert (run["outcome"], run["rows_written"]) == ("done", len(texts) - 200)
    assert set(gemini.answered.values()) == {1}
    assert sorted(gemini.answered) == sorted(texts)

    dry = world.approaches("embed", "--dry-run", **EMBED)
    assert f"0 of {len(texts):,} vectors to be made" in dry.stdout
    assert "no cost" in dry.stdout


def test_approaches_are_named_once_and_what_it_took_is_recorded(world: Workspace, gemini: GeminiServer) -> None:
    gemini.generate = _named_by_first_cue
    dry = world.approaches("run", "--dry-run", namer="gemini")
    assert "names to be made by gemini-3.5-flash-lite, 0 are there; about" in dry.stdout, dry.stderr
    assert not gemini.asked

    finished = world.approaches("name", namer="gemini")
    assert finished.returncode == 0, finished.stderr
    assert "USD by prices of 20" in finished.stderr
    run = last_run(world, "name")
    ((names, models),) = world.query("select count(*), list(distinct model) from approaches_jobs.approach_names")
    latest = "select cohort_id, approach_id, arg_max(lower(name), from_period_start) as name"
    bearers = f"with latest as ({latest} from approaches_jobs.approach_names group by all) "
    assert set(world.query(f"{bearers} select count(*) from latest group by cohort_id, name")) == {(1,)}
    assert models == ["gemini-3.5-flash-lite"]
    assert run["rows_written"] > names == run["requests"] == len(gemini.asked)
    assert (run["tokens_are_estimated"], run["retries"]) == (False, 0)
    assert run["tokens"] > 300 * names
    assert run["estimated_cost_usd"] == pytest.approx(0.001 * names, rel=0.9)

    again = world.approaches("name", namer="gemini")
    assert again.returncode == 0, again.stderr
    assert (last_run(world, "name")["outcome"], len(gemini.asked)) == ("unchanged", names)


def _named_by_first_cue(system: str, user: str, schema: object) -> str:
    cue = user.partition("<cues>\n")[2].partition("\n")[0]
    name = f"Appeal by {json.loads(cue).split(',')[0]}" if cue.startswith('"') else "Plain appeal"
    return json.dumps({"name": name, "description": "They appeal.", "distinction": "Others do not."})


@pytest.mark.parametrize(
    ("kind", "code", "said"),
    [
        ("expired key", UsageError.exit_code, "Check the key in GEMINI_API_KEY"),
        ("daily quota", TemporaryError.exit_code, "midnight Pacific time"),
    ],
)
def test_what_no_text_can_pass_stops_the_command_at_once(
    world: Workspace, gemini: GeminiServer, kind: str, code: int, said: str
) -> None:
    gemini.script.append(kind)
    finished = world.approaches("embed", **EMBED)
    assert finished.returncode == code
    assert said in finished.stderr
    assert "Traceback" not in finished.stderr
    assert len(gemini.asked) == 1
    assert last_run(world, "embed")["outcome"] == "stopped"


def test_without_a_key_nothing_is_sent(world: Workspace, gemini: GeminiServer) -> None:
    finished = replace(world, environment={}).approaches("embed", **EMBED)
    assert finished.returncode == UsageError.exit_code
    assert "GEMINI_API_KEY is not set" in finished.stderr
    assert not gemini.asked


@pytest.mark.parametrize(("backend", "stop"), [("developer", "expired key"), ("vertex", "no permission")])
def test_no_secret_and_no_text_is_in_a_log_an_error_or_a_new_table(
    world: Workspace, gemini: GeminiServer, backend: str, stop: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server's errors quote both, as some servers do. One connection, so that each quotes what it answers."""
    account = tmp_path / "account.json"
    world = replace(world, environment={**world.environment, **gemini.write_credentials(account)})
    private_key = json.loads(account.read_text())["private_key"].splitlines()[1]
    quoted: set[str] = set()

    def quote() -> None:
        sent = gemini.asked[-1].texts[0]
        first_line = sent.partition("<creatives>\n")[2].partition("\n")[0]
        quoted.add(text := json.loads(first_line) if first_line else sent)
        gemini.echo = f"Key {KEY}, Bearer {TOKEN}: {text}"

    monkeypatch.setattr(gemini, "echo", "")
    monkeypatch.setattr(gemini, "by_text", {})
    monkeypatch.setattr(gemini, "on_request", quote)
    monkeypatch.setattr(gemini, "generate", _named_by_first_cue)
    changed = {**EMBED, "namer": "gemini", "gemini_backend": backend, "gemini_connections": 1}
    gemini.script.extend(["500", "400", stop])
    outputs = [world.approaches("embed", **changed)]
    gemini.by_text[texts_of(world)[0]] = "400"
    outputs.append(world.approaches("embed", **changed))
    gemini.script.extend(["400", "500", stop])
    outputs.append(world.approaches("name", **changed))
    outputs.append(world.dbt("build", "--select", "source:jobs.job_runs", **changed))
    codes = [output.returncode for output in outputs]
    assert codes[0] == codes[2] == UsageError.exit_code, outputs
    assert (last_run(world, "embed")["outcome"], last_run(world, "name")["outcome"]) == ("partial", "stopped")

    _has_no_secret(world, outputs, (KEY, TOKEN, private_key))
    recorded = world.query(
        "select 'run', detail from approaches_jobs.job_runs union all "
        "select 'fault', detail from approaches_jobs.embedding_faults union all "
        "select 'name', fallback_reason from approaches_jobs.approach_names where fallback_reason is not null"
    )
    assert {kind for kind, _ in recorded} == {"run", "fault", "name"}
    said = "".join(output.stdout + output.stderr for output in outputs) + repr(recorded)
    said += "".join(path.read_text(errors="replace") for path in (world.directory / "logs").glob("*"))
    assert "not repeated here" in said
    assert not [text for text in quoted - HARMLESS if text in said]


def _has_no_secret(world: Workspace, outputs: list[CompletedProcess[str]], secrets: tuple[str, ...]) -> None:
    for output in outputs:
        assert not [secret for secret in secrets if secret in output.stdout + output.stderr]
    files: list[Path] = [path for path in world.directory.rglob("*") if path.is_file()]
    assert any(path == world.database for path in files)
    assert any(path.parent.name == "logs" for path in files)
    for path in files:
        content = path.read_bytes()
        assert not [secret for secret in secrets if secret.encode() in content], path
    with_secret = " or ".join(f"contains(cast(row_of as varchar), '{secret}')" for secret in secrets)
    for schema, table in world.query("select table_schema, table_name from information_schema.tables"):
        assert not world.query(f'select 1 from "{schema}"."{table}" as row_of where {with_secret}'), table
