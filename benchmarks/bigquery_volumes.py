"""What the cost page assumes: how many rows each table has, and how many bytes each value."""

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

TRAIT_VALUES: Final = 97  # of the attributes in seed creative_traits that texts tell of
DAYS_IN_PERIOD: Final = MappingProxyType({"day": 1.0, "week": 7.0, "month": 365.25 / 12})
NEW_PER_DAY: Final = 0.002  # new creatives, as a share of all
# Share of all creatives that is active in one period, at 20 % on a day: most run on.
ACTIVE_IN_PERIOD: Final = MappingProxyType({"day": 0.2, "week": 0.3, "month": 0.5})


@dataclass(frozen=True)
class Volume:
    """A year of ads. The settings are the project's; the rest is a guess that the page names."""

    creatives: int
    period_grain: str = "week"
    metrics_lookback_days: int = 35
    embed_source: str = "traits"
    embedding_dimensions: int = 512
    creatives_per_cohort: int = 1_000
    raw_is_partitioned: bool = True
    history_days: int = 364
    closed_after_periods: int = 8
    sees_pictures: bool = False

    @property
    def cohorts(self) -> int:
        """Cohorts: accounts, by default."""
        return max(1, self.creatives // self.creatives_per_cohort)

    @property
    def periods(self) -> float:
        """Periods of the whole history."""
        return self.history_days / DAYS_IN_PERIOD[self.period_grain]

    @property
    def open_days(self) -> float:
        """Days that a daily run reads again: the lookback and today, from the first day of a period on."""
        return self.metrics_lookback_days + 1 + (DAYS_IN_PERIOD[self.period_grain] - 1) / 2

    @property
    def open_periods(self) -> float:
        """Periods that a daily run replaces, the newest one included."""
        return self.metrics_lookback_days / DAYS_IN_PERIOD[self.period_grain] + 1

    @property
    def unclosed_periods(self) -> float:
        """Periods that the jobs may still change, the newest one included."""
        return min(self.closed_after_periods + 1, self.periods)

    @property
    def vector_length(self) -> int:
        """Numbers of a vector that is clustered."""
        of_traits = TRAIT_VALUES if self.embed_source != "text" else 0
        return of_traits + (self.embedding_dimensions if self.embed_source != "traits" else 0)

    def rows(self, table: str) -> float:
        """Rows of a table at the end of the history. Raises KeyError for a table that nobody has counted."""
        return _ROWS[table](self)


Count = Callable[[Volume], float]


def constant(number: float) -> Count:
    """The same number at any volume."""
    return lambda _: number


def _per_creative(number: float) -> Count:
    return lambda volume: number * volume.creatives


def _per_embedded_creative(number: float) -> Count:
    """Of these there are none where nobody embeds texts."""
    return lambda volume: 0 if volume.embed_source == "traits" else number * volume.creatives


def _per_active_creative(number: float) -> Count:
    return lambda volume: number * volume.creatives * ACTIVE_IN_PERIOD[volume.period_grain] * volume.periods


def _per_cohort_and_period(number: float) -> Count:
    return lambda volume: number * volume.cohorts * volume.periods


# What a table has rows for, how many that are, and which tables these are.
COUNTS: Final[tuple[tuple[str, Count, tuple[str, ...]], ...]] = (
    (
        "each day and creative active on it",
        lambda volume: volume.creatives * ACTIVE_IN_PERIOD["day"] * volume.history_days,
        ("creative_daily_metrics", "stg_raw__creative_daily_metrics"),
    ),
    (
        "each period and creative active in it",
        _per_active_creative(1),
        (
            *("int_activity__by_period", "int_cohorts__members", "cluster_assignments", "approach_members"),
            *("int_creatives__assigned_to_approaches", "int_approaches__creative_periods", "fct_approach_members"),
            "int_contents__activity",
        ),
    ),
    (
        "each period and image theme shown in it, and approach that shows it: 0.6 of active creatives",
        _per_active_creative(0.6),
        ("fct_image_theme_periods", "fct_approach_image_themes"),
    ),
    (
        "each period and format of an image theme, on each platform and in each placement: 0.8 of active creatives",
        _per_active_creative(0.8),
        ("fct_image_theme_formats",),
    ),
    (
        "each creative",
        _per_creative(1),
        (
            *("creatives", "int_creatives__contents", "int_creatives__embedding_text"),
            *("int_creatives__features", "int_creatives__known", "int_creatives__latest_approach"),
            *("dim_creatives", "int_creatives__image_themes", "int_creatives__content_hashes"),
        ),
    ),
    (
        "each creative, and each edit of one: 0.1 of creatives",
        _per_creative(1.1),
        ("creative_records", "int_creatives__records", "int_creatives__versions", "dim_creative_versions"),
    ),
    ("each content and attribute: 9 of 0.7 of creatives", _per_creative(6.3), ("int_contents__traits",)),
    ("each annotator, content and attribute: 9 of 0.7 of creatives", _per_creative(6.3), ("int_annotators__traits",)),
    ("each creative and tag: 5 tags", _per_creative(5), ("int_creatives__tags",)),
    (
        "each distinct content: 0.7 of creatives",
        _per_creative(0.7),
        ("creative_annotations", "int_contents__annotations"),
    ),
    (
        "each distinct text, where texts are embedded: 0.6 of creatives",
        _per_embedded_creative(0.6),
        ("int_texts__distinct", "creative_embeddings"),
    ),
    (
        "each text without a vector, where texts are embedded: 0.001 of creatives",
        _per_embedded_creative(0.001),
        ("embedding_faults",),
    ),
    (
        "each distinct image: 0.5 of creatives",
        _per_creative(0.5),
        ("int_images__distinct", "image_hashes", "int_images__hashed", "int_images__pictures"),
    ),
    (
        "each distinct image and video: 0.7 of creatives",
        _per_creative(0.7),
        (
            *("int_media__addresses", "int_media__contents", "image_themes", "int_media__themes"),
            "fct_image_theme_members",
        ),
    ),
    (
        "each distinct video: 0.2 of creatives",
        _per_creative(0.2),
        ("int_videos__distinct", "video_hashes", "int_videos__films"),
    ),
    ("each distinct image file: 0.45 of creatives", _per_creative(0.45), ("image_features",)),
    (
        "each pair of formats of one image: 0.3 of creatives",
        _per_creative(0.3),
        ("image_pairs", "int_images__shared_words", "int_images__pairs_to_compare", "int_images__pairs_of_neighbours"),
    ),
    (
        "each distinct image and video file: 0.65 of creatives",
        _per_creative(0.65),
        ("media_thumbnails", "dim_media_thumbnails"),
    ),
    (
        "each picture of a day's new media, at most 8 of a film, where the annotator sees pictures: 0.004 of creatives",
        lambda volume: 2 * NEW_PER_DAY * volume.creatives if volume.sees_pictures else 0,
        ("reading_copies",),
    ),
    ("each keyframe: 30 of each video", _per_creative(6), ("video_keyframes", "int_videos__keyframes")),
    ("each pair of videos that share a picture: 0.4 of creatives", _per_creative(0.4), ("int_videos__candidates",)),
    ("each pair of like videos: 0.2 of creatives", _per_creative(0.2), ("int_videos__near_duplicates",)),
    ("each pair of like images: 0.4 of creatives", _per_creative(0.4), ("int_images__near_duplicates",)),
    ("each pair of like images or videos: 0.6 of creatives", _per_creative(0.6), ("int_media__near_pairs",)),
    ("each pair of near or equal hashes: 1.5 of creatives", _per_creative(1.5), ("int_images__hash_pairs",)),
    ("each image theme: 0.3 of creatives", _per_creative(0.3), ("dim_image_themes",)),
    (
        "each cohort, period and tag of its 12 approaches: 500",
        _per_cohort_and_period(500),
        ("approach_tag_tests", "int_approaches__tag_performance", "fct_approach_tags"),
    ),
    ("each cohort, period and trait: 9 attributes of 7 values", _per_cohort_and_period(63), ("fct_trait_periods",)),
    (
        "each cohort and pair of traits: 36 pairs of attributes, 7 x 7 of values",
        lambda volume: 1_764 * volume.cohorts,
        ("fct_trait_pairs",),
    ),
    (
        "each cohort, period and trait of its 12 approaches: 50 values that enough creatives have",
        _per_cohort_and_period(600),
        ("approach_trait_tests", "int_approaches__trait_performance", "fct_approach_traits"),
    ),
    (
        "each cohort, period, approach and metric: 12 x 6",
        _per_cohort_and_period(72),
        ("int_approaches__metric_values", "int_approaches__metric_trends", "fct_approach_trends"),
    ),
    (
        "each of these and one of 3 periods back",
        _per_cohort_and_period(216),
        ("int_approaches__changes", "fct_approach_changes"),
    ),
    (
        "each cohort, period, approach and one of 3 periods back: 12 x 3",
        _per_cohort_and_period(36),
        ("int_approaches__change_sums",),
    ),
    (
        "each cohort, period and approach: 15, absent ones and lines outside approaches included",
        _per_cohort_and_period(15),
        (
            *("approach_snapshots", "approach_events", "int_approaches__periods", "fct_approach_periods"),
            *("fct_approach_events", "fct_approach_theme_periods"),
        ),
    ),
    (
        "each cohort, period and approach that is there: 12, each a theme of its own",
        _per_cohort_and_period(12),
        ("clusters", "int_approaches__clusters", "int_approaches__fatigue", "fct_approach_fatigue"),
    ),
    (
        "each cohort and period, and each account and period: as many",
        _per_cohort_and_period(1),
        ("cluster_runs", "fct_cluster_runs", "int_metrics__issues_by_account", "int_cohorts__periods"),
    ),
    (
        "each account, period and kind of issue that it has: 3",
        _per_cohort_and_period(3),
        ("fct_data_quality_issues", "int_raw__findings"),
    ),
    (
        "each cohort and approach there ever was: 40",
        lambda volume: 40 * volume.cohorts,
        (
            *("approach_names", "int_approaches__lifetimes", "int_approaches__names_latest", "dim_approaches"),
            *("int_approaches__best_tags", "int_approaches__exemplars", "fct_approach_briefs"),
        ),
    ),
    (
        "each name and creative that it was given for: 0.5 of creatives",
        _per_creative(0.5),
        ("approach_name_members",),
    ),
    ("each step of a run and day", lambda volume: 10 * volume.history_days, ("job_runs",)),
    ("each incremental model", constant(4), ("incremental_builds",)),
    ("each job table", constant(20), ("table_versions",)),
    ("each annotator: 1", constant(1), ("annotators",)),
    ("each repeated reading: none", constant(0), ("annotation_repeats",)),
    ("each attribute of each version of the taxonomy: 3 versions", constant(48), ("taxonomy_attributes",)),
    ("each attribute and value of the taxonomy", constant(150), ("creative_traits", "stg_seeds__creative_traits")),
    (
        "each override: 50",
        constant(50),
        (
            *("approach_overrides", "stg_seeds__approach_overrides", "image_overrides", "stg_seeds__image_overrides"),
            *("int_media__overrides", "trait_overrides", "stg_seeds__trait_overrides"),
        ),
    ),
    ("each attribute of each annotator", constant(16), ("fct_attribute_quality",)),
    ("each two values that were said of one content", constant(2_000), ("fct_trait_confusion",)),
)
_ROWS: Final = {table: count for _, count, tables in COUNTS for table in tables}

# https://cloud.google.com/bigquery/pricing#data: logical bytes of a value.
FIXED_BYTES: Final = MappingProxyType(
    {"INT64": 8, "FLOAT64": 8, "NUMERIC": 16, "BOOL": 1, "DATE": 8, "TIMESTAMP": 8, "DATETIME": 8}
)
STRING_OVERHEAD: Final = 2

# Mean bytes of the values of a column of strings (in UTF-8) or bytes, an absent one counted as none.
STRING_BYTES: Final = MappingProxyType(
    {
        2: (
            "fallback_reason",
            "always_agrees_with",
            "media_detail",
            "reason",
            "approach_phrase",
        ),  # long in cluster_runs, but absent wherever nothing went wrong: in nearly all rows
        4: (
            *("aspect_ratio", "codec", "currency_code", "direction", "language", "level", "media_type", "period_grain"),
            *("medium", "prompt_version", "unit"),
        ),
        8: (
            *("cost_per_conversion_direction", "ctr_direction", "evidence", "format", "hash_kind", "job", "kind"),
            *("annotator", "embed_source", "metric", "odds_ratio_label", "outcome", "placement", "script", "severity"),
            *("compared_with", "status", "tag_source"),
        ),
        10: (
            "algorithm",
            "assignment_status",
            "column_name",
            "platform",
            "selection",
            "support",
            "trend_label",
            "match_rule",
        ),
        12: (
            *("attribute", "caution", "cost_per_conversion_trend_label", "ctr_trend_label", "ideas", "metric_label"),
            *("other_attribute", "other_value", "tag", "value"),
        ),
        16: (
            *("account_id", "backend", "campaign_id", "cohort_id", "creative_id", "embedding_backend", "label"),
            *("other_trait_label", "product", "attribute_version", "taxonomy_version", "trait_label"),
        ),
        20: ("embedding_model", "model", "name", "name_model", "phrase", "table_name"),
        24: (
            *("content_in_words", "examples", "match_in_words", "neighbour_in_words", "setting"),
            *("approach_name", "approach_theme_name", "from_approach_name", "latest_approach_name", "new_name"),
            "to_approach_name",
        ),
        32: (
            "content_hash",
            "content_key",
            "image_theme_format_id",
            "creative_key",
            "creative_version_id",
            "approach_image_theme_id",
            "data_quality_issue_id",
            "image_theme_id",
            "settings",
            "text_hash",
            "attribute_quality_id",
            "trait_confusion_id",
            "trait_pair_id",
            "trait_period_id",
            "version_key",
            "wording_hash",
        ),
        36: (
            *("approach_id", "event_id", "from_approach_id", "latest_approach_id", "merged_into_approach_id"),
            *(
                "run_id",
                "step_id",
                "split_from_approach_id",
                "to_approach_id",
                "approach_period_id",
                "approach_theme_id",
            ),
            *("approach_theme_period_id", "into_approach_id", "traced_approach_id"),
        ),
        40: ("content_version", "creative_name", "name_traits", "tags"),
        60: ("detail", "discriminating_tags", "headline"),
        64: (
            *("cluster_input_hash", "content_sha256", "image_sha256", "input_hash", "joined_sha256", "leader_sha256"),
            *("neighbour_sha256", "other_sha256", "representative_sha256", "video_sha256"),
        ),
        80: (
            "image_uri",
            "joined_uri",
            "first_uri",
            "leader_uri",
            "media_uri",
            "other_image_uri",
            "video_uri",
        ),
        90: (
            *("attributes", "change_reason", "cost_per_conversion_trend_reason", "ctr_trend_reason", "description"),
            *("distinction", "fatigue_reason", "meaning", "trend_reason"),
        ),
        200: ("embedding_text", "exemplars", "traits", "value_names"),
        2500: ("candidates",),
        4500: ("webp",),
        10000: ("features", "neighbour_features"),
        60000: ("webp of reading_copies",),
    }
)
_LENGTHS: Final = {name: length for length, names in STRING_BYTES.items() for name in names}


def value_bytes(column: str, type_name: str, volume: Volume, table: str = "") -> float:
    """Mean logical bytes of a column's values. Raises KeyError for texts or bytes whose length nobody has guessed.

    table : the column's, where one of its name is as long nowhere else.
    """
    if type_name in ("STRING", "BYTES"):
        return STRING_OVERHEAD + (_LENGTHS.get(f"{column} of {table}") or _LENGTHS[column])
    if type_name == "ARRAY<INT64>":
        return FIXED_BYTES["INT64"] * {"words": 250}[column]
    if type_name == "ARRAY<FLOAT64>":
        lengths = {
            "probabilities": TRAIT_VALUES,
            "embedding": volume.embedding_dimensions,
            "centroid": volume.vector_length,
        }
        return FIXED_BYTES["FLOAT64"] * lengths[column]
    return FIXED_BYTES[type_name]
