"""What is declared in two places says the same in both."""

import ast
import json
import os
import re
from functools import cache
from pathlib import Path
from typing import Any, get_args

import dbt.include
import pytest
import yaml

from creative_approaches import tables
from creative_approaches.adapters.dbt.project import DbtOptions, DbtProject
from creative_approaches.jobs.registry import JOBS
from creative_approaches.settings import SETTINGS, Settings
from creative_approaches.settings.models import EmbedSource
from creative_approaches.tables import JOB_TABLES, TABLE_VERSIONS, Table
from tests.support.commands.warm import run_warm
from tests.support.paths import REPOSITORY
from tests.support.tables_read import tables_read_by
from tests.support.workspace import TIMEOUT, Workspace

ARROW_TYPES = {
    "string": tables.STRING,
    "int64": tables.INT,
    "{{ var('type_names')[target.type].float64 }}": tables.FLOAT,
    "bool": tables.BOOL,
    "date": tables.DATE,
    "timestamp": tables.TIMESTAMP,
    "{{ var('type_names')[target.type].vector }}": tables.VECTOR,
    "{{ var('type_names')[target.type].numbers }}": tables.NUMBERS,
    "{{ var('type_names')[target.type].bytes }}": tables.BYTES,
    "{{ var('type_names')[target.type].money }}": tables.MONEY,
    "{{ var('type_names')[target.type].money_column }}": tables.MONEY,
}
MACROS_OF_TYPES = {
    "dbt.type_string()": "string",
    "dbt.type_bigint()": "int64",
    "dbt.type_timestamp()": "timestamp",
    "type_money()": "{{ var('type_names')[target.type].money }}",
}
WRITTEN = {**JOB_TABLES, TABLE_VERSIONS.name: TABLE_VERSIONS}
TABLES_READ = [t for t in vars(tables).values() if isinstance(t, Table) and not t.is_job_table]


def _yaml_files() -> list[Path]:
    return sorted(path for folder in ("models", "macros", "seeds") for path in (REPOSITORY / folder).rglob("*.yml"))


@cache
def _declarations() -> list[dict[str, Any]]:
    return [yaml.safe_load(path.read_text()) or {} for path in _yaml_files()]


def _nodes(kind: str) -> dict[str, dict[str, Any]]:
    return {node["name"]: node for declared in _declarations() for node in declared.get(kind, [])}


def _declared(node: dict[str, Any]) -> dict[str, Any]:
    return {column["name"]: ARROW_TYPES.get(column["data_type"]) for column in node["columns"]}


@pytest.mark.parametrize("name", WRITTEN)
def test_a_job_table_has_the_same_columns_in_python_and_in_dbt(name: str) -> None:
    source = {table["name"]: table for table in _nodes("sources")["jobs"]["tables"]}
    assert list(source) == list(WRITTEN)
    schema = WRITTEN[name].schema
    assert list(_declared(source[name]).items()) == list(zip(schema.names, schema.types, strict=True))


def test_the_raw_contract_has_the_same_columns_in_its_macro_and_in_its_source() -> None:
    macro = re.search(
        r"return\((\{.+\})\[name\]\)", (REPOSITORY / "macros/raw/raw_contract.sql").read_text(), re.DOTALL
    )
    assert macro
    contract = re.sub(r"(?:\w+\.)?type_\w+\(\)", lambda call: repr(MACROS_OF_TYPES[call[0]]), macro[1])
    declared = {
        table["name"]: {column["name"]: column["data_type"] for column in table["columns"]}
        for table in _nodes("sources")["raw"]["tables"]
    }
    assert ast.literal_eval(contract) == declared


@pytest.mark.parametrize("table", TABLES_READ, ids=lambda table: table.name)
def test_what_a_job_reads_is_under_a_contract_of_these_types(table: Table) -> None:
    model = _nodes("models")[table.name]
    assert model["config"]["contract"]["enforced"]
    declared = _declared(model)
    assert {name: declared.get(name) for name in table.columns} == {f.name: f.type for f in table.schema}


@pytest.mark.parametrize("job", JOBS)
def test_the_exposure_of_a_job_names_the_models_that_it_reads(job: str) -> None:
    found = [
        table
        for source in get_args(EmbedSource)
        for annotator in ("offline", "gemini")  # the second looks at pictures
        for table in tables_read_by(job, Settings.of({"embed_source": source, "annotator": annotator}))
    ]
    exposure = _nodes("exposures")[f"job_{job.replace('-', '_')}"]
    named = {re.sub(r"^.*'(\w+)'\)$", r"\1", reference) for reference in exposure["depends_on"]}
    assert named >= {table.name for table in found if not table.is_job_table}
    assert named <= {table.name for table in found}


def _vars() -> dict[str, Any]:
    project = yaml.safe_load((REPOSITORY / "dbt_project.yml").read_text())
    return dict(project["vars"]["creative_approaches"])


def test_every_column_of_every_model_and_source_has_a_description() -> None:
    tables_of_sources = [table for source in _nodes("sources").values() for table in source["tables"]]
    missing = [
        f"{node['name']}.{column['name']}"
        for node in [*_nodes("models").values(), *_nodes("seeds").values(), *tables_of_sources]
        for column in node["columns"]
        if not column.get("description")
    ]
    assert missing == []


def test_every_model_has_a_twin_that_starts_with_its_grain() -> None:
    for path in sorted((REPOSITORY / "models").rglob("*.sql")):
        twin = path.with_suffix(".yml")
        assert twin.is_file(), f"{path.name} has no yml"
        (model,) = yaml.safe_load(twin.read_text())["models"]
        assert model["name"] == path.stem
        assert "One row per" in model["description"], path.stem


def test_every_warehouse_has_the_same_names_of_types() -> None:
    known = _vars()["type_names"]
    assert known.keys() == {"bigquery", "duckdb"}
    assert known["bigquery"].keys() == known["duckdb"].keys()


def test_no_macro_speaks_for_a_warehouse_that_it_does_not_name() -> None:
    """Another warehouse is then refused by dbt, which names the macro, instead of being sent DuckDB's SQL."""
    text = "\n".join(path.read_text() for path in (REPOSITORY / "macros").rglob("*.sql"))
    dispatched = set(re.findall(r"adapter\.dispatch\('(\w+)'", text))
    defined = set(re.findall(r"macro (\w+)__(\w+)\(", text))
    assert defined == {(warehouse, macro) for macro in dispatched for warehouse in ("bigquery", "duckdb")}


@pytest.mark.parametrize("warehouse", ["bigquery", "duckdb"])
def test_what_a_warehouse_says_in_its_own_way_is_in_a_folder_of_its_own(warehouse: str) -> None:
    of_it = {path for path in (REPOSITORY / "macros").rglob("*.sql") if f"macro {warehouse}__" in path.read_text()}
    assert of_it == set((REPOSITORY / "macros" / "portable" / warehouse).glob("*.sql"))


def test_no_macro_stands_before_one_of_dbts_own() -> None:
    """What dbt means by a name is dbt's to say; and it would mean the other in a project that has this as a package."""
    declared = re.compile(r"{%-? (?:macro|test|data_test) (\w+)")

    def names(folder: Path) -> set[str]:
        return {name for path in folder.rglob("*.sql") for name in declared.findall(path.read_text())}

    dbts_own = set().union(*(names(Path(folder)) for folder in dbt.include.__path__))
    assert {"is_incremental", "bq_insert_overwrite_sql", "not_null"} <= dbts_own
    assert (names(REPOSITORY / "macros") | names(REPOSITORY / "tests" / "dbt")) & dbts_own == set()


def test_macros_name_the_settings_that_they_read() -> None:
    """By that the fingerprint of an incremental table finds them. The checks read all settings, and shape no row."""
    paths = [path for folder in ("models", "macros") for path in (REPOSITORY / folder).rglob("*.sql")]
    shaping = [path for path in paths if path.parent.name != "checks"]
    unnamed = [path.name for path in shaping if re.search(r"\bvar\((?!')", path.read_text())]
    assert unnamed == ["fingerprint.sql"]


TYPE_NAME = re.compile(
    r"\bas (?:string|varchar|text|bigint|int64|integer|double|float64|numeric|decimal|timestamp|boolean|bool)\b ?[()]",
    re.IGNORECASE,
)


def test_sql_takes_the_names_of_types_from_macros() -> None:
    """But for `date`, which is one word everywhere."""
    paths = [path for folder in ("models", "macros", "tests/dbt") for path in (REPOSITORY / folder).rglob("*.sql")]
    named = [f"{path.name}: {words}" for path in paths for words in TYPE_NAME.findall(path.read_text())]
    assert named == []


def test_no_model_knows_its_warehouse() -> None:
    knowing = [path.name for path in (REPOSITORY / "models").rglob("*.sql") if "target.type" in path.read_text()]
    assert knowing == []


def test_the_project_parses_without_a_warning(tmp_path: Path) -> None:
    (tmp_path / "profiles.yml").write_text((REPOSITORY / "profiles.yml.example").read_text())
    places = [f"--{place}={tmp_path}" for place in ("profiles-dir", "target-path", "log-path")]
    arguments = ["--warn-error", "parse", "--no-partial-parse", *places]
    finished = run_warm("dbt.cli.main", arguments, REPOSITORY, os.environ, TIMEOUT)
    assert finished.returncode == 0, finished.stdout


def test_settings_reach_the_jobs_through_dbt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "profiles.yml").write_text((REPOSITORY / "profiles.yml.example").read_text())
    monkeypatch.setenv("DBT_TARGET_PATH", str(tmp_path / "target"))
    monkeypatch.setenv("DBT_LOG_PATH", str(tmp_path))
    options = DbtOptions(REPOSITORY, profiles_dir=tmp_path, vars={"period_grain": "month", "max_clusters": 30})
    settings = DbtProject(options).settings
    assert (settings.track.period_grain, settings.cluster.max_clusters) == ("month", 30)


VALUES: list[Any] = [
    *(None, True, False, 0, 1, -1, 2.5, 0.05, 10**6, "", " ", "a", "week", "a'b", "two\nlines", "EUR", "English"),
    *([], ["format"], ["format", "format"], ["a", "A"], [1], [None], {}, {"spend": "cost"}),
]


def test_dbt_and_the_jobs_allow_the_same_values(workspace: Workspace) -> None:
    macro = """
        {% macro say_allowed(values) %}
            {% set allowed = [] %}
            {% for rule in setting_rules().values() %}
                {% for value in values %}
                    {% do allowed.append(is_allowed_value(value, rule)) %}
                {% endfor %}
            {% endfor %}
            {{ log('allowed: ' ~ tojson(allowed), info=true) }}
        {% endmacro %}
    """
    (workspace.directory / "macros/say_allowed.sql").write_text(macro)
    finished = workspace.dbt("run-operation", "say_allowed", "--args", json.dumps({"values": VALUES}))
    said = re.search(r"allowed: (.+)", finished.stdout)
    assert said, finished.stdout
    named = [(name, value) for name in SETTINGS for value in VALUES]
    differ = [
        (name, value)
        for (name, value), is_allowed in zip(named, json.loads(said[1]), strict=True)
        if SETTINGS[name].rule.allows(value) != is_allowed
    ]
    assert differ == []


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"continue_overlap": 1.5}, "Var continue_overlap is 1.5. It must be a number above 0, at most 1."),
        ({"period_grian": "week"}, "'period_grian', which is not a setting. Did you mean 'period_grain'?"),
    ],
    ids=["out of range", "misspelt"],
)
def test_dbt_alone_refuses_a_wrong_var_before_it_builds(
    workspace: Workspace, variables: dict[str, Any], words: str
) -> None:
    finished = workspace.dbt("build", "--select", "stg_raw__creatives", **variables)
    assert finished.returncode != 0
    assert words in " ".join(finished.stdout.split())


def test_a_var_in_dbt_project_yml_that_is_no_setting_is_refused(workspace: Workspace) -> None:
    project = workspace.directory / "dbt_project.yml"
    text = project.read_text()
    project.write_text(text.replace("    period_grain:", "    resamples: 3\n    period_grain:"))
    assert "Var resamples is no setting any more" in workspace.dbt("build", "--select", "stg_raw__creatives").stdout
    project.write_text(text.replace("    period_grain:", "    period_grian: day\n    period_grain:"))
    assert "Unknown var period_grian. Did you mean period_grain?" in workspace.approaches("cluster").stderr
