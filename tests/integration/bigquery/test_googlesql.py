"""BigQuery would take the SQL of the project: compiled without a warehouse, read by Google's own analyzer."""

import copy
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from jinja2 import Environment

from benchmarks.bigquery_cost import REFRESH, Project
from benchmarks.bigquery_cost_page import PAGE, on_page, tables
from benchmarks.bigquery_jobs import DAILY
from benchmarks.bigquery_volumes import Volume
from tests.support.documentation.pages import Block, blocks
from tests.support.googlesql.checker import Checker, Column
from tests.support.googlesql.project import INCREMENTAL, CheckedProject, check_project
from tests.support.googlesql.shapes import OWN_TYPES, SCRIPTS, compile_shapes
from tests.support.googlesql.size import MAX_CHARACTERS, MAX_READS, MAX_VIEW_LEVELS
from tests.support.googlesql.text_rules import MAX_STATEMENT


@dataclass(frozen=True)
class Shape:
    """The project compiled in one way, and what BigQuery would say to it."""

    manifest: dict[str, Any]
    checked: CheckedProject


@pytest.fixture(scope="module")
def shapes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Shape]:
    manifests = compile_shapes(tmp_path_factory.mktemp("googlesql") / "a project")
    first = check_project(manifests["first build"])
    later = check_project(manifests["later run"], first.columns)
    own = check_project(manifests["own data"], first.columns, OWN_TYPES)
    checked = {"first build": first, "later run": later, "own data": own}
    return {name: Shape(manifests[name], checked[name]) for name in manifests}


@pytest.fixture(scope="module", params=["first build", "later run", "own data"])
def shape(shapes: dict[str, Shape], request: pytest.FixtureRequest) -> Shape:
    return shapes[request.param]


def test_bigquery_takes_every_seed_model_data_test_and_script(shape: Shape) -> None:
    findings = shape.checked.findings
    assert not findings, "\n".join(str(finding) for finding in findings)


@pytest.mark.parametrize("block", [block for block in blocks("sql") if block.is_run], ids=str)
def test_bigquery_takes_the_queries_of_the_documentation(shapes: dict[str, Shape], block: Block) -> None:
    shape = shapes["first build"]
    nodes = [*_nodes(shape.manifest, "model"), *shape.manifest["sources"].values()]
    tables = {f"{node['schema']}.{node['name']}": node["relation_name"] for node in nodes}
    query = re.sub(r"approaches_\w+\.\w+", lambda table: tables[table[0]], block.text)
    assert shape.checked.checker.query(query).problems == ()


@pytest.mark.parametrize("name", ["later run", "own data"])
def test_each_script_has_something_to_check(shapes: dict[str, Shape], name: str) -> None:
    scripts = {node["name"]: node["compiled_code"].strip() for node in _nodes(shapes[name].manifest, "analysis")}
    assert scripts.keys() == SCRIPTS.keys()
    assert all(scripts.values())


def test_the_tables_of_the_jobs_get_the_types_that_the_yml_declares(shapes: dict[str, Shape]) -> None:
    shape = shapes["first build"]
    (analysis,) = (node for node in _nodes(shape.manifest, "analysis") if node["name"] == "job_tables")
    empty = Checker()
    empty.script(analysis["compiled_code"])
    tables = [table for table in shape.manifest["sources"].values() if table["source_name"] in ("jobs", "builds")]
    assert len(tables) > 1
    for table in tables:
        assert empty.columns(table["relation_name"]) == shape.checked.checker.columns(table["relation_name"])


def test_every_macro_with_sql_of_its_own_is_in_something_that_is_checked(shapes: dict[str, Shape]) -> None:
    manifest = shapes["first build"].manifest
    macros = {key: macro for key, macro in manifest["macros"].items() if macro["package_name"] == "creative_approaches"}
    # dbt notes no macros of an analysis that it has not run while parsing.
    called = {f"macro.creative_approaches.{name}" for sql in SCRIPTS.values() for name in re.findall(r"(\w+)\(", sql)}
    for kind in ("model", "test"):
        called |= {macro for node in _nodes(manifest, kind) for macro in node["depends_on"]["macros"]}
    reached: set[str] = set()
    while called - reached:
        reached |= called
        called = {upstream for key in reached & set(macros) for upstream in macros[key]["depends_on"]["macros"]}
    missed = [
        f"{macro['original_file_path']}: {macro['name']}"
        for key, macro in macros.items()
        if key not in reached and not macro["name"].startswith("duckdb__") and _has_text_of_its_own(macro["macro_sql"])
    ]
    assert missed == []


def test_incremental_models_have_a_first_and_a_later_shape(shapes: dict[str, Shape]) -> None:
    """Else both would be checks of the same text."""
    code = {
        name: {
            node["name"]: node["compiled_code"]
            for node in _nodes(shape.manifest, "model")
            if node["config"]["materialized"] == INCREMENTAL
        }
        for name, shape in shapes.items()
    }
    assert code["first build"]
    assert all(code["first build"][model] != code["later run"][model] for model in code["first build"])


MART = "fct_approach_periods"
WRONG_QUERIES = {
    "a function of DuckDB": (
        "select * from ({sql}) where regexp_matches('a', 'b')",
        "Function not found: regexp_matches",
    ),
    "a misspelt column": ("select * from ({sql}) where aproach_id = 'a'", "Unrecognized name: aproach_id"),
    "a sum of texts": ("select * from ({sql}) qualify sum(status) over () > 0", "No matching signature for aggregate"),
    "a second column of a name": (
        "select *, period_start from ({sql})",
        "Duplicate column names in the result are not supported. Found duplicate(s): period_start",
    ),
    "a column without a name": ("select *, 1 + 1 from ({sql})", "the query returns a column without a name"),
    "a full join by less-than": (
        "select a.* from ({sql}) as a full outer join ({sql}) as b on a.period_start < b.period_start",
        "FULL OUTER JOIN cannot be used without a condition that is an equality",
    ),
    "a pattern that is none": ("select * from ({sql}) where regexp_contains(status, '(')", "missing ): ("),
    "two groups to extract": (
        "select * from ({sql}) where array_length(regexp_extract_all(status, '(a)(b)')) > 1",
        "must not have more than 1 capturing group",
    ),
    "a column that the contract lacks": (
        "select *, 1 as extra from ({sql})",
        "the contract does not name column 'extra'",
    ),
    "a column that only the contract has": (
        "select * except (status) from ({sql})",
        "a column 'status' that the query does not",
    ),
}


@pytest.mark.parametrize("wrong", WRONG_QUERIES)
def test_a_query_that_bigquery_refuses_is_found(shapes: dict[str, Shape], wrong: str) -> None:
    query, message = WRONG_QUERIES[wrong]

    def break_model(nodes: Mapping[str, Any]) -> None:
        nodes[MART]["compiled_code"] = query.format(sql=nodes[MART]["compiled_code"])

    assert_found(shapes["first build"], MART, break_model, f"model.creative_approaches.{MART}", message)


WRONG_DECLARATIONS: dict[str, tuple[dict[str, Any], str]] = {
    "a cluster by floats": ({"cluster_by": ["ctr"]}, "cluster_by 'ctr': BigQuery does not cluster by FLOAT64"),
    "a cluster by nothing": ({"cluster_by": "cohort"}, "cluster_by 'cohort' is no column"),
    "a cluster by five": (
        {"cluster_by": ["cohort_id", "period_start", "approach_id", "currency_code", "status"]},
        "cluster_by names 5 columns",
    ),
    "a partition by texts": ({"partition_by": {"field": "status"}}, "BigQuery does not partition by STRING"),
    "a partition by another type": (
        {"partition_by": {"field": "period_start", "data_type": "timestamp"}},
        "partition_by 'period_start' says TIMESTAMP, the query returns DATE",
    ),
    "labels with capitals": ({"labels": {"Team": "growth"}}, 'Label key "Team" has invalid characters'),
    "a key of no column": ({"unique_key": ["cohort_id", "period"]}, "unique_key 'period' is no column"),
}


@pytest.mark.parametrize("wrong", WRONG_DECLARATIONS)
def test_a_configuration_that_bigquery_refuses_is_found(shapes: dict[str, Shape], wrong: str) -> None:
    config, message = WRONG_DECLARATIONS[wrong]

    def break_model(nodes: Mapping[str, Any]) -> None:
        nodes[MART]["config"] |= config

    assert_found(shapes["first build"], MART, break_model, f"model.creative_approaches.{MART}", message)


@pytest.mark.parametrize("length", [1024, 1025])
def test_a_description_that_bigquery_refuses_is_found(shapes: dict[str, Shape], length: int) -> None:
    manifest = _only(shapes["first build"].manifest, MART)
    (model,) = (node for node in manifest["nodes"].values() if node["name"] == MART)
    model["columns"]["spend"]["description"] = "d" * length
    findings = [finding.message for finding in check_project(manifest).findings]
    too_long = "The description for field spend is too long. The maximum length is 1024 characters."
    assert (too_long in findings) is (length > 1024)


def test_the_largest_statements_stay_far_from_the_limits(shape: Shape) -> None:
    nodes = shape.manifest["nodes"]
    assert max(len(nodes[key]["compiled_code"]) for key in shape.checked.sizes) < MAX_STATEMENT / 10
    sizes = shape.checked.sizes.values()
    assert max(size.characters for size in sizes) < MAX_CHARACTERS / 10  # with the texts of views
    # The search for pairs is views upon views, because the job reads it after other jobs have written.
    assert max(size.views for size in sizes) <= MAX_VIEW_LEVELS / 4
    assert max(size.reads for size in sizes) <= MAX_READS


@pytest.mark.parametrize(
    ("column", "declared", "message"),
    [
        ("spend", "float64", "column 'spend': the yml says FLOAT64, the query returns NUMERIC"),
        ("spend", "bignumeric(38, 9)", "column 'spend': the yml says BIGNUMERIC, the query returns NUMERIC"),
        ("status", "varchar", "column 'status': BigQuery has no type 'varchar'"),
    ],
)
def test_a_wrong_declared_type_is_found(shapes: dict[str, Shape], column: str, declared: str, message: str) -> None:
    def break_model(nodes: Mapping[str, Any]) -> None:
        nodes[MART]["columns"][column]["data_type"] = declared

    assert_found(shapes["first build"], MART, break_model, f"model.creative_approaches.{MART}", message)


@pytest.mark.parametrize(
    ("declared", "node", "message"),
    [
        (
            "numeric(38, 9)",
            "seed.creative_approaches.creative_daily_metrics",
            "a load job takes no type 'numeric(38, 9)'",
        ),
        ("money", "seed.creative_approaches.creative_daily_metrics", "BigQuery has no type 'money'"),
        ("bytes", "model.creative_approaches.stg_raw__creative_daily_metrics", "Invalid cast from BYTES to FLOAT64"),
    ],
)
def test_a_wrong_type_of_a_seed_is_found(shapes: dict[str, Shape], declared: str, node: str, message: str) -> None:
    def break_seed(nodes: Mapping[str, Any]) -> None:
        nodes["creative_daily_metrics"]["config"]["column_types"]["spend"] = declared

    assert_found(shapes["first build"], "stg_raw__creative_daily_metrics", break_seed, node, message)


def test_a_later_run_that_returns_other_columns_than_the_first_build_is_found(shapes: dict[str, Shape]) -> None:
    def change_a_type(nodes: Mapping[str, Any]) -> None:
        query = "select * replace (cast(clicks as float64) as clicks) from ({sql})"
        nodes[name]["compiled_code"] = query.format(sql=nodes[name]["compiled_code"])

    name = "int_activity__by_period"
    message = "a later run returns other columns than the first build: clicks FLOAT64, clicks INT64"
    assert_found(shapes["later run"], name, change_a_type, f"model.creative_approaches.{name}", message)


def test_what_reads_a_model_of_unknown_columns_is_not_blamed(shapes: dict[str, Shape]) -> None:
    def break_an_upstream(nodes: Mapping[str, Any]) -> None:
        nodes["int_approaches__periods"]["compiled_code"] = "select nothing"

    message = "Unrecognized name: nothing"
    node = "model.creative_approaches.int_approaches__periods"
    assert_found(shapes["first build"], MART, break_an_upstream, node, message)


def assert_found(shape: Shape, name: str, breaks: Callable[[Mapping[str, Any]], None], node: str, message: str) -> None:
    """Break something in a model and what it is made of: one finding names the node and the reason."""
    manifest = _only(shape.manifest, name)
    breaks({node["name"]: node for node in manifest["nodes"].values()})
    (finding,) = check_project(manifest, shape.checked.columns).findings
    assert finding.node == node
    assert message in finding.message


def _nodes(manifest: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [node for node in manifest["nodes"].values() if node["resource_type"] == kind]


def _only(manifest: dict[str, Any], name: str) -> dict[str, Any]:
    """A copy of the manifest with a model and what it is made of, and no more nodes."""
    nodes = manifest["nodes"]
    wanted: set[str] = set()
    more = {key for key, node in nodes.items() if node["name"] == name}
    while more:
        wanted |= more
        more = {parent for key in more for parent in nodes[key]["depends_on"].get("nodes", []) if parent in nodes}
    return {"nodes": copy.deepcopy({key: nodes[key] for key in wanted}), "sources": manifest["sources"]}


def _has_text_of_its_own(macro: str) -> bool:
    """Whether it says anything outside of Jinja's tags, as a macro with SQL does."""
    return any(kind == "data" and text.strip() for _, kind, text in Environment().lex(macro))


@pytest.fixture
def checker() -> Checker:
    checker = Checker()
    for table in ("old", "staged"):
        columns = [Column("id", "string"), Column("day", "date"), Column("vector", "array<float64>")]
        checker.add_table(f"`test`.`jobs`.`{table}`", columns)
    return checker


@pytest.mark.parametrize(
    ("sql", "statements"),
    [
        (
            "BEGIN TRANSACTION; DELETE FROM `test.jobs.old` WHERE TRUE; COMMIT TRANSACTION;\n",
            ("Begin", "Delete", "Commit"),
        ),
        (
            """
            MERGE INTO `test.jobs.old` AS old
            USING (
                SELECT staged.*, FALSE AS is_gone FROM `test.jobs.staged` AS staged
                UNION ALL
                SELECT DISTINCT id, day, CAST(NULL AS ARRAY<FLOAT64>), TRUE FROM `test`.`jobs`.`old`
            ) AS staged
            ON old.id = staged.id AND old.day BETWEEN DATE '2026-01-05' AND DATE '2026-01-12'
            WHEN MATCHED THEN DELETE
            WHEN NOT MATCHED BY TARGET AND NOT staged.is_gone
            THEN INSERT (id, day, vector) VALUES (staged.id, staged.day, staged.vector)
            """,
            ("Merge",),
        ),
    ],
)
def test_scripts_are_read_statement_by_statement(checker: Checker, sql: str, statements: tuple[str, ...]) -> None:
    script = checker.script(sql)
    assert (script.statements, script.problems) == (statements, ())


def test_a_script_knows_the_tables_that_it_creates(checker: Checker) -> None:
    script = checker.script("""
        -- für alle
        CREATE TABLE IF NOT EXISTS `test.jobs.made` (id STRING, spend NUMERIC(38, 9)) CLUSTER BY id;
        INSERT INTO `test.jobs.made` (id, spend) SELECT id, NUMERIC '1.5' FROM `test.jobs.old`;
    """)
    assert (script.statements, script.problems) == (("CreateTable", "Insert"), ())
    assert checker.columns("test.jobs.made") == (Column("id", "STRING"), Column("spend", "NUMERIC"))


@pytest.mark.parametrize(
    ("sql", "message", "line"),
    [
        ("DELETE FROM `test.jobs.old`\nWHERE ids = 'a'", "Unrecognized name: ids", 2),
        (
            "SELECT 1;\nINSERT INTO `test.jobs.old` (id) VALUES (DATE '2026-01-05')",
            "cannot be inserted into column id",
            2,
        ),
        (
            "MERGE `test.jobs.old` AS o USING `test.jobs.staged` AS s\nON o.id < s.id WHEN MATCHED THEN DELETE",
            "MERGE",
            2,
        ),
        ("SELECT new.id FROM `test.jobs.old` AS new", 'Unexpected "."', 1),  # NEW is a reserved word
    ],
)
def test_a_refused_statement_is_named_with_its_line(checker: Checker, sql: str, message: str, line: int) -> None:
    (problem,) = checker.script(sql).problems
    assert message in problem.message
    assert problem.line == line


@pytest.fixture(scope="module")
def cost(shapes: dict[str, Shape]) -> Project:
    manifests = {name: shape.manifest for name, shape in shapes.items()}
    return Project(manifests, shapes["first build"].checked, shapes["later run"].checked)


def test_the_cost_page_holds_what_the_statements_read_now(cost: Project) -> None:
    assert on_page(PAGE.read_text()) == tables(cost), "Renew it: python -m benchmarks.bigquery_cost_page --write"


@pytest.mark.parametrize("model", ["stg_raw__creative_daily_metrics", "int_activity__by_period"])
def test_a_daily_run_reads_the_open_part_of_the_history(cost: Project, model: str) -> None:
    year, decade = Volume(10_000_000), Volume(10_000_000, history_days=3640)
    assert billed(cost, DAILY, model, decade) == pytest.approx(billed(cost, DAILY, model, year))
    assert billed(cost, REFRESH, model, decade) > 9 * billed(cost, REFRESH, model, year)


def test_new_embeddings_are_billed_the_keys_that_are_there_and_not_their_vectors(cost: Project) -> None:
    small, large = (
        Volume(10_000_000, embed_source="text", embedding_dimensions=dimensions) for dimensions in (256, 512)
    )
    staged = 0.002 * large.rows("creative_embeddings") * 256 * 8
    assert billed(cost, DAILY, "embed", large) - billed(cost, DAILY, "embed", small) == pytest.approx(staged)


def test_job_embed_costs_nothing_where_no_text_is_embedded(cost: Project) -> None:
    assert billed(cost, DAILY, "embed", Volume(10_000_000)) < billed(
        cost, DAILY, "embed", Volume(10_000_000, embed_source="text")
    )
    assert billed(cost, DAILY, "embed", Volume(10_000_000)) == billed(cost, DAILY, "embed", Volume(1_000))


def billed(cost: Project, run: str, owner: str, volume: Volume) -> float:
    return cost.billed([one for one in cost.runs[run].statements if one.owner == owner], volume)
