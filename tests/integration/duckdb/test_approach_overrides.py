"""What people decide about approaches, in the seed approach_overrides of the demo."""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from creative_approaches.errors import DataError
from tests.support.compiled_models import rebuild
from tests.support.paths import REPOSITORY
from tests.support.recovered import Recovered
from tests.support.workspace import Workspace

FIRST_OPEN = "2026-07-13"  # of the demo's fourteen weeks, eight are open
SPLIT, START, MERGE, LAST = FIRST_OPEN, "2026-07-20", "2026-08-03", "2026-08-31"
SEED = "approaches_raw.approach_overrides"
MARTS = [path.stem for path in (REPOSITORY / "models" / "marts").rglob("*.sql")]
COLUMNS = (
    *("override_number", "kind", "approach_id", "new_name", "into_approach_id", "creative_key"),
    "from_period_start",
)


@pytest.fixture(scope="module")
def recovered(demo: Workspace) -> Recovered:
    return Recovered(demo)


def decide(workspace: Workspace, *rows: dict[str, Any]) -> None:
    """Write the seed, and its table as dbt seed would."""
    path = Path(workspace.directory, "seeds", "approach_overrides.csv")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    workspace.execute(f"delete from {SEED}", f"copy {SEED} from '{path}' (header)")


def override(number: int, kind: str, approach_id: str, **columns: str) -> dict[str, Any]:
    return {"override_number": number, "kind": kind, "approach_id": approach_id, **columns}


def follow(workspace: Workspace, demo: Workspace) -> str:
    """Do what a run does where only the seed has changed. Returns what the jobs say."""
    said = ""
    for job in ("track", "name", "test-tags"):
        finished = workspace.approaches(job)
        assert finished.returncode == 0, finished.stderr
        said += finished.stderr
    rebuild(workspace, demo, *MARTS)
    return said


def members(workspace: Workspace, approach_id: str, period: str) -> set[str]:
    rows = workspace.query(
        "select distinct creative_key from approaches_marts.fct_approach_members "
        f"where approach_id = '{approach_id}' and period_start = '{period}'"
    )
    return {key for (key,) in rows}


def history(workspace: Workspace) -> list[list[tuple[Any, ...]]]:
    """What is closed."""
    return [
        workspace.query(f"select * from approaches_jobs.{table} where period_start < '{FIRST_OPEN}' order by all")
        for table in ("approach_members", "approach_snapshots", "approach_events", "approach_tag_tests")
    ]


def test_overrides_change_the_marts_survive_every_rerun_and_can_be_withdrawn(
    demo: Workspace, recovered: Recovered, copy_of: Callable[[Workspace], Workspace]
) -> None:
    how_to = recovered.approach("how_to", LAST)
    code, deadline = recovered.approach("discount_code", SPLIT), recovered.approach("discount_deadline", SPLIT)
    taken_in, taker = recovered.before("routine", MERGE), recovered.approach("unboxing", MERGE)
    story, gift = recovered.before("founder_story", MERGE), recovered.approach("seasonal_gift", START)
    pinned = min(members(demo, gift, MERGE) & members(demo, gift, LAST))
    decided = copy_of(demo)
    decide(
        decided,
        override(1, "rename", how_to, new_name="Know-how"),
        override(2, "merge", deadline, into_approach_id=code),
        override(4, "split_back", taken_in, from_period_start=MERGE),
        override(7, "pin", story, creative_key=pinned, from_period_start=MERGE),
    )
    follow(decided, demo)

    names = dict(decided.query("select approach_id, approach_name from approaches_marts.dim_approaches"))
    assert names[how_to] == "Know-how"
    assert deadline not in names
    assert members(decided, code, LAST) == members(demo, code, LAST) | members(demo, deadline, LAST)
    brought_back = members(decided, taken_in, MERGE)
    assert brought_back == members(demo, taken_in, "2026-07-27") & members(demo, taker, MERGE)
    assert brought_back
    assert members(decided, taker, MERGE) == members(demo, taker, MERGE) - brought_back
    assert members(decided, story, LAST) == members(demo, gift, LAST)
    assert members(decided, gift, "2026-07-27") == members(demo, gift, "2026-07-27")
    tested = decided.query(
        f"select distinct approach_id from approaches_marts.fct_approach_tags where period_start = '{MERGE}'"
    )
    assert {taken_in, story} <= {approach_id for (approach_id,) in tested}
    assert history(decided) == history(demo)

    rows = decided.rows()
    follow(decided, demo)
    assert decided.rows() == rows

    decide(decided)
    follow(decided, demo)
    assert decided.rows() == demo.rows()


def test_a_given_name_is_no_other_approaches(
    demo: Workspace, recovered: Recovered, copy_of: Callable[[Workspace], Workspace]
) -> None:
    """A person gives an approach the name that a sibling of it goes by."""
    how_to, testimonial = recovered.approach("how_to", LAST), recovered.approach("testimonial", LAST)
    name_of = "select approach_name from approaches_marts.dim_approaches where approach_id = '{}'"
    ((taken,),) = demo.query(name_of.format(testimonial))
    decided = copy_of(demo)
    decide(decided, override(1, "rename", how_to, new_name=taken.upper()))
    assert decided.approaches("name").returncode == 0
    rebuild(decided, demo, "dim_approaches")
    assert decided.query(name_of.format(how_to)) == [(taken.upper(),)]
    assert decided.query(name_of.format(testimonial)) != [(taken,)]


def test_dbt_alone_shows_a_given_name(
    demo: Workspace, recovered: Recovered, copy_of: Callable[[Workspace], Workspace]
) -> None:
    how_to = recovered.approach("how_to", LAST)
    decided = copy_of(demo)
    decide(decided, override(1, "rename", how_to, new_name="Know-how"))
    decided.execute(f"delete from {SEED}")  # dbt reads it from the file
    finished = decided.dbt(
        "build", "--select", "approach_overrides+1", "int_approaches__names_latest", "dim_approaches"
    )
    assert finished.returncode == 0, finished.stdout
    assert decided.query(
        f"select approach_name from approaches_marts.dim_approaches where approach_id = '{how_to}'"
    ) == [("Know-how",)]


def test_overrides_that_cannot_be_followed_are_refused_by_their_numbers(
    demo: Workspace, recovered: Recovered, copy_of: Callable[[Workspace], Workspace]
) -> None:
    """What contradicts the data first, then what contradicts itself."""
    one, other = recovered.approach("how_to", LAST), recovered.approach("testimonial", LAST)
    stranger = recovered.approach("comparison", LAST)
    unknown = "00000000-0000-5000-8000-000000000000"
    decided = copy_of(demo)
    decide(
        decided,
        override(1, "rename", one, new_name="Same"),
        override(2, "rename", other, new_name="same"),
        override(3, "merge", one, into_approach_id=stranger),
        override(4, "split_back", unknown),
        override(5, "pin", one, creative_key="nobody"),
        override(6, "merge", other, into_approach_id=unknown),
    )
    messages = refused(decided)
    assert [line.split(" names the approach")[0].split(" merges")[0].split(" pins")[0] for line in messages] == [
        "Override 3",
        "Override 4",
        "Override 5",
        "Override 6",
        "Overrides 1 and 2 give two approaches of one cohort the name 'Same'. Change one of the names.",
    ]
    assert decided.rows() == demo.rows()

    decide(decided, override(1, "merge", one, into_approach_id=other), override(5, "split_back", one))
    (message,) = refused(decided)
    assert message.startswith("Overrides 1 and 5 merge approach")
    pins = [
        override(number, "pin", approach_id, creative_key=key)
        for number, approach_id, key in zip((3, 8), (one, other), sorted(members(demo, one, LAST))[:2], strict=False)
    ]
    decide(decided, *pins)
    (message,) = refused(decided)
    assert message.startswith("Overrides 3 and 8 pin creatives")
    assert decided.rows() == demo.rows()


def refused(workspace: Workspace) -> list[str]:
    """The problems that job track names."""
    finished = workspace.approaches("track")
    assert finished.returncode == DataError.exit_code, finished.stderr
    assert "Traceback" not in finished.stderr
    head, *problems = finished.stderr[finished.stderr.index("Error: ") :].strip().splitlines()
    assert head == "Error: seeds/approach_overrides.csv cannot be followed, so nothing was written:"
    return problems
