"""A run may be killed, and may meet others: what comes out is that of a run which nobody disturbed.

Benchmarks `killed_runs` and `racing_commands` do the same at random moments, many times and on both engines.
"""

from pathlib import Path

from tests.support.disturbed_runs import HELD, KILLED, World, duckdb_pair, killed, racing, when_it_says


def test_a_killed_run_and_one_that_meets_others_end_in_the_marts_of_an_undisturbed_run(tmp_path: Path) -> None:
    def disturb(world: World) -> list[int]:
        log = world.workspace.directory / "logs" / "dbt.log"
        log.unlink()
        return [
            *killed(when_it_says("Began running node model.creative_approaches.fct_approach_members", log))(world),
            *racing("run", "run", when_it_says("prepare: started"))(world),
        ]

    with duckdb_pair(tmp_path) as pair:
        assert pair.disturb(disturb) == []
        assert pair.codes == [KILLED, 0, HELD]
        outcomes = pair.disturbed.outcomes()
        assert (outcomes.count("killed"), outcomes.count("running")) == (1, 0)
        assert "killed" not in pair.undisturbed.outcomes()
