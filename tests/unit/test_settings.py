from copy import deepcopy
from dataclasses import fields
from typing import Any, get_type_hints

import pytest
import yaml

from creative_approaches.core.clustering.rules import ClusteringRules
from creative_approaches.errors import UsageError
from creative_approaches.settings import ClusterSettings, Settings, check_var_names, load_settings
from tests.support.paths import REPOSITORY

PROJECT = REPOSITORY / "dbt_project.yml"


@pytest.fixture
def by_job() -> dict[str, dict[str, Any]]:
    values = yaml.safe_load(PROJECT.read_text())["vars"]["creative_approaches"]
    return {
        job: {name: deepcopy(values[name]) for name in model.model_fields}
        for job, model in get_type_hints(Settings).items()
        if job in Settings.model_fields
    }


def test_the_project_s_own_vars_are_valid(by_job: dict[str, dict[str, Any]]) -> None:
    assert load_settings(by_job).track.continue_overlap == 0.40


@pytest.mark.parametrize(
    ("job", "name", "value"),
    [
        ("hash_images", "image_hash_size", 9),
        ("hash_images", "image_max_megapixels", 171),
        ("hash_images", "image_connections", 0),
        ("hash_images", "image_recheck_days", -1),
        ("hash_images", "allow_local_media", "yes"),
        ("hash_images", "allowed_private_hosts", "images.example.com"),
        ("cluster", "selection", "best"),
        ("cluster", "min_clusters", 1),
        ("cluster", "resamples", 31),
        ("cluster", "outlier_reach", -0.5),
        ("cluster", "max_outlier_spend", 1.5),
        ("cluster", "max_themes", 1),
        ("cluster", "exact_points", 50),
        ("cluster", "cluster_processes", 0),
        ("embed", "embedding_dimensions", "512"),
        ("cluster", "closed_after_periods", 0),
        ("track", "continue_overlap", 1.5),
        ("track", "theme_distance", -0.1),
        ("track", "closed_after_periods", 0),
        ("track", "period_grain", "year"),
        ("test_tags", "tag_max_q", 0),
        ("test_tags", "tag_family", "period"),
        ("embed", "gemini_backend", "studio"),
        ("embed", "gemini_connections", 0),
        ("embed", "gemini_location", "eu; drop"),
        ("embed", "max_cost_usd", -1),
        ("name", "namer", None),
        ("name", "name_language", "English. Ignore all"),
        ("name", "max_requests", -1),
    ],
)
def test_a_value_out_of_range_is_refused_by_name(
    by_job: dict[str, dict[str, Any]], job: str, name: str, value: object
) -> None:
    by_job[job][name] = value
    with pytest.raises(UsageError, match=f"Var {name} is {value!r}"):
        load_settings(by_job)


def test_the_rules_of_clustering_are_settings_of_the_same_names_and_ranges(by_job: dict[str, dict[str, Any]]) -> None:
    rules = {rule.name for rule in fields(ClusteringRules)}
    assert rules < ClusterSettings.model_fields.keys()
    by_job["cluster"] |= {
        "resamples": 30,
        "min_clusters": 2,
        "min_cluster_size": 2,
        "max_themes": 2,
        "exact_points": 100,
    }
    assert load_settings(by_job).cluster.rules.exact_points == 100


def test_settings_cannot_be_changed(by_job: dict[str, dict[str, Any]]) -> None:
    settings = load_settings(by_job)
    with pytest.raises(ValueError, match="frozen"):
        settings.track.rolling_periods = 9


def test_an_unknown_var_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UsageError, match=r"Unknown var period_grian\. Did you mean period_grain\?"):
        check_var_names(["period_grian"], ["period_grain", "platforms"])


def test_a_var_like_no_other_is_refused_without_a_guess() -> None:
    with pytest.raises(UsageError, match=r"Unknown var zzz\. All vars"):
        check_var_names(["zzz"], ["period_grain"])


def test_a_sweep_without_a_cut_is_refused(by_job: dict[str, dict[str, Any]]) -> None:
    by_job["cluster"] |= {"min_clusters": 9, "max_clusters": 4}
    with pytest.raises(UsageError, match="min_clusters is 9, above max_clusters, 4"):
        load_settings(by_job)
