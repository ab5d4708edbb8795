from dataclasses import FrozenInstanceError, dataclass
from typing import Any, Literal, get_type_hints

import pytest

from creative_approaches.core.clustering.rules import ClusteringRules
from creative_approaches.core.lineage.matching import LineageRules
from creative_approaches.errors import UsageError
from creative_approaches.settings import SETTINGS, LineageSettings, Settings, check_var_names
from creative_approaches.settings.names import REMOVED
from creative_approaches.settings.readers import GROUPS, readers_of
from creative_approaches.settings.schema import Group, own_settings, setting, settings_of


def test_what_nobody_sets_is_as_declared() -> None:
    assert Settings.of({}).track.continue_overlap == 0.40
    assert Settings.of({}) == Settings.of({name: known.default for name, known in SETTINGS.items()})


def test_every_setting_is_declared_once_and_listed() -> None:
    declared = [known.name for group in GROUPS for known in own_settings(group)]
    assert len(set(declared)) == len(declared)
    assert set(declared) == {
        known.name for reader in get_type_hints(Settings).values() for known in settings_of(reader)
    }


def test_every_reader_of_a_setting_gets_its_value() -> None:
    settings = Settings.of({"period_grain": "month"})
    assert {settings.dbt.period_grain, settings.cluster.period_grain, settings.track.period_grain} == {"month"}
    assert readers_of("period_grain") == ["dbt", "cluster", "track"]


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("image_max_megapixels", 171, "171"),
        ("image_connections", 0, "0"),
        ("image_recheck_days", -1, "-1"),
        ("image_recheck_days", True, "true"),
        ("allow_local_media", "yes", "'yes'"),
        ("allowed_private_hosts", "images.example.com", "'images.example.com'"),
        ("selection", "best", "'best'"),
        ("max_clusters", 1, "1"),
        ("max_outlier_spend", 1.5, "1.5"),
        ("max_themes", 1, "1"),
        ("cluster_processes", 0, "0"),
        ("embedding_dimensions", "512", "'512'"),
        ("closed_after_periods", 0, "0"),
        ("continue_overlap", 0, "0"),
        ("continue_overlap", 1.5, "1.5"),
        ("continue_overlap", float("nan"), "NaN"),
        ("continue_overlap", None, "null"),
        ("theme_within", -0.1, "-0.1"),
        ("period_grain", "year", "'year'"),
        ("cohort_columns", [], "[]"),
        ("cohort_columns", ["format", "format"], '["format", "format"]'),
        ("platforms", ["a'b"], '["a\'b"]'),
        ("raw_schema", " ", "' '"),
        ("raw_currency", "euro", "'euro'"),
        ("raw_metrics_columns", ["spend"], '["spend"]'),
        ("tag_max_q", 0, "0"),
        ("tag_family", "period", "'period'"),
        ("gemini_backend", "studio", "'studio'"),
        ("gemini_location", "eu; drop", "'eu; drop'"),
        ("max_cost_usd", -1, "-1"),
        ("namer", None, "null"),
        ("name_language", "English. Ignore all", "'English. Ignore all'"),
        ("max_requests", -1, "-1"),
    ],
)
def test_a_value_out_of_range_is_refused_by_name_value_and_range(name: str, value: object, shown: str) -> None:
    with pytest.raises(UsageError) as refused:
        Settings.of({name: value})
    assert str(refused.value) == (
        f"Var {name} is {shown}. It must be {SETTINGS[name].rule.in_words()}. "
        "Correct it in --vars or under vars in dbt_project.yml."
    )


@dataclass(frozen=True)
class _Example(Group):
    flag: bool | None = setting(None, "A flag.")
    days: int = setting(7, "Days.", least=0, unit="days")
    share: float = setting(0.5, "A share.", above=0, most=1)
    grain: Literal["day", "week"] = setting("day", "A grain.")
    names: tuple[str, ...] = setting((), "Names.", fewest=0)
    name: str = setting("a", "A name.")


def test_the_range_of_a_setting_follows_from_its_declaration() -> None:
    assert [known.rule.in_words() for known in settings_of(_Example)] == [
        "null, or true or false",
        "a whole number, 0 or more (days)",
        "a number above 0, at most 1",
        "one of day, week",
        "a list of any number of different strings without quotes and backslashes",
        "a string that is not empty, without quotes and backslashes",
    ]


def test_a_group_is_never_made_with_a_wrong_value() -> None:
    with pytest.raises(UsageError, match="Var share is 2"):
        _Example(share=2)


def test_a_whole_number_is_a_number_of_one_type() -> None:
    """What is hashed must not depend on how it was written."""
    assert isinstance(_Example.of({"share": 1}).share, float)


def test_a_list_of_a_setting_cannot_be_changed() -> None:
    assert _Example.of({"names": ["a", "b"]}).names == ("a", "b")


@pytest.mark.parametrize("rules", [ClusteringRules, LineageRules])
def test_rules_of_a_job_are_its_settings_and_what_is_fixed(rules: type[Any]) -> None:
    assert rules.of({"continue_overlap": 0.6, "max_themes": 3, "period_grain": "day"}) == (
        rules(max_themes=3) if rules is ClusteringRules else rules(continue_overlap=0.6)
    )


def test_settings_cannot_be_changed() -> None:
    settings: Any = LineageSettings()
    with pytest.raises(FrozenInstanceError):
        settings.rolling_periods = 9


def test_an_unknown_var_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UsageError, match=r"Unknown var period_grian\. Did you mean period_grain\?"):
        Settings.of({"period_grian": "week"})


def test_a_var_like_no_other_is_refused_without_a_guess() -> None:
    with pytest.raises(UsageError, match=r"Unknown var zzz\. All vars"):
        check_var_names(["zzz"], SETTINGS)


@pytest.mark.parametrize("name", sorted(REMOVED))
def test_a_setting_of_an_earlier_version_is_refused_with_a_reason(name: str) -> None:
    assert name not in SETTINGS
    with pytest.raises(UsageError, match=f"Var {name} is no setting any more"):
        check_var_names([name], SETTINGS)
