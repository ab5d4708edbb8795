"""The typed border: every table that the jobs read or write, declared once.

A test compares the job tables with the dbt source `jobs`, and the model tables with the models' contracts.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Final

import pyarrow as pa

STRING: Final = pa.string()
INT: Final = pa.int64()
FLOAT: Final = pa.float64()
BOOL: Final = pa.bool_()
DATE: Final = pa.date32()
TIMESTAMP: Final = pa.timestamp("us")
VECTOR: Final = pa.list_(pa.float64())
MONEY: Final = pa.decimal128(38, 9)


@dataclass(frozen=True, eq=False)
class Table:
    """A table by its dbt name: its key, and the columns that the jobs rely on, in order."""

    name: str
    schema: pa.Schema
    key: tuple[str, ...]
    is_job_table: bool = True

    @property
    def columns(self) -> list[str]:
        """The column names, in order."""
        return list(self.schema.names)

    def only(self, *columns: str) -> "Table":
        """The same table with fewer columns, for reading."""
        return replace(self, schema=pa.schema([self.schema.field(column) for column in columns]))

    def rows(self, rows: Sequence[Mapping[str, Any]]) -> pa.Table:
        """Rows as an Arrow table of this table's columns and types."""
        return pa.Table.from_pylist(list(rows), schema=self.schema)


def _model(name: str, key: tuple[str, ...], /, **columns: pa.DataType) -> Table:
    return Table(name, pa.schema(columns.items()), key, is_job_table=False)


def _job(name: str, key: tuple[str, ...], /, **columns: pa.DataType) -> Table:
    return Table(name, pa.schema(columns.items()), key)


# What the jobs read: models of the prepare stage. A model may have more columns than a job needs.

IMAGES = _model("int_images__distinct", ("image_uri",), image_uri=STRING)
VIDEOS = _model("int_videos__distinct", ("video_uri",), video_uri=STRING)
TEXTS = _model("int_texts__distinct", ("text_hash",), text_hash=STRING, embedding_text=STRING)
CREATIVES = _model(
    "int_creatives__with_content_hash",
    ("creative_key",),
    creative_key=STRING,
    content_hash=STRING,
    headline=STRING,
    description=STRING,
)
TAGS = _model("int_creatives__tags", ("creative_key", "tag"), creative_key=STRING, tag=STRING, tag_source=STRING)
MEMBERS = _model(
    "int_cohorts__members",
    ("cohort_id", "period_start", "creative_key"),
    cohort_id=STRING,
    period_start=DATE,
    creative_key=STRING,
    content_hash=STRING,
    text_hash=STRING,
    tags_embedded=BOOL,
    spend_share=FLOAT,
)
APPROACH_OVERRIDES = _model(
    "stg_seeds__approach_overrides",
    ("override_number",),
    override_number=INT,
    kind=STRING,
    approach_id=STRING,
    new_name=STRING,
    into_approach_id=STRING,
    creative_key=STRING,
    from_period_start=DATE,
)

# What the summary reads: marts.

BRIEFS = _model(
    "fct_approach_briefs",
    ("approach_id",),
    approach_id=STRING,
    cohort_id=STRING,
    approach_name=STRING,
    status=STRING,
    is_stable=BOOL,
    creatives=INT,
    ctr=FLOAT,
    ctr_trend_label=STRING,
    is_fatigued=BOOL,
    discriminating_tags=STRING,
)
PERIODS = _model(
    "fct_approach_periods",
    ("approach_period_id",),
    cohort_id=STRING,
    period_start=DATE,
    assignment_status=STRING,
    approach_id=STRING,
    currency_code=STRING,
    spend=MONEY,
)

# What the jobs write.

IMAGE_HASHES = _job(
    "image_hashes",
    ("image_uri",),
    image_uri=STRING,
    content_sha256=STRING,
    content_version=STRING,
    checked_at=TIMESTAMP,
    content_bytes=INT,
    format=STRING,
    width=INT,
    height=INT,
    hash_size=INT,
    fine_hash_size=INT,
    ahash=INT,
    dhash=INT,
    phash=INT,
    fine_dhash_1=INT,
    fine_dhash_2=INT,
    fine_dhash_3=INT,
    fine_dhash_4=INT,
    fine_phash_1=INT,
    fine_phash_2=INT,
    fine_phash_3=INT,
    fine_phash_4=INT,
    mean_red=FLOAT,
    mean_green=FLOAT,
    mean_blue=FLOAT,
    quality=FLOAT,
    status=STRING,
    reason=STRING,
    detail=STRING,
)
VIDEO_HASHES = _job(
    "video_hashes",
    ("video_uri",),
    video_uri=STRING,
    content_sha256=STRING,
    content_version=STRING,
    checked_at=TIMESTAMP,
    content_bytes=INT,
    format=STRING,
    codec=STRING,
    width=INT,
    height=INT,
    duration_seconds=FLOAT,
    keyframes=INT,
    status=STRING,
    reason=STRING,
    detail=STRING,
)
VIDEO_KEYFRAMES = _job(
    "video_keyframes",
    ("video_uri", "keyframe"),
    video_uri=STRING,
    keyframe=INT,
    starts_at=FLOAT,
    seconds=FLOAT,
    hash_size=INT,
    fine_hash_size=INT,
    dhash=INT,
    phash=INT,
    fine_dhash_1=INT,
    fine_dhash_2=INT,
    fine_dhash_3=INT,
    fine_dhash_4=INT,
    fine_phash_1=INT,
    fine_phash_2=INT,
    fine_phash_3=INT,
    fine_phash_4=INT,
    quality=FLOAT,
)
CREATIVE_EMBEDDINGS = _job(
    "creative_embeddings",
    ("text_hash", "model", "backend", "dimensions"),
    text_hash=STRING,
    model=STRING,
    backend=STRING,
    dimensions=INT,
    embedding=VECTOR,
)
EMBEDDING_FAULTS = _job(
    "embedding_faults",
    ("text_hash", "model", "backend", "dimensions"),
    text_hash=STRING,
    model=STRING,
    backend=STRING,
    dimensions=INT,
    reason=STRING,
    detail=STRING,
)
CLUSTER_RUNS = _job(
    "cluster_runs",
    ("cohort_id", "period_start"),
    cohort_id=STRING,
    period_start=DATE,
    period_grain=STRING,
    algorithm=STRING,
    selection=STRING,
    reason=STRING,
    creatives=INT,
    distinct_contents=INT,
    points=INT,
    is_approximate=BOOL,
    clusters=INT,
    themes=INT,
    outliers=INT,
    attached=INT,
    unusable=INT,
    coverage=FLOAT,
    spend_coverage=FLOAT,
    score=FLOAT,
    stability=FLOAT,
    candidates=STRING,
    embedding_model=STRING,
    embedding_backend=STRING,
    embedding_dimensions=INT,
    tags_embedded=BOOL,
    input_hash=STRING,
)
CLUSTERS = _job(
    "clusters",
    ("cohort_id", "period_start", "cluster"),
    cohort_id=STRING,
    period_start=DATE,
    cluster=INT,
    theme=INT,
    creatives=INT,
    attached=INT,
    distinct_contents=INT,
    stability=FLOAT,
    centroid=VECTOR,
)
CLUSTER_ASSIGNMENTS = _job(
    "cluster_assignments",
    ("cohort_id", "period_start", "creative_key"),
    cohort_id=STRING,
    period_start=DATE,
    creative_key=STRING,
    cluster=INT,
    is_outlier=BOOL,
    is_attached=BOOL,
    distance_to_centroid=FLOAT,
    reason=STRING,
)
APPROACH_SNAPSHOTS = _job(
    "approach_snapshots",
    ("cohort_id", "period_start", "approach_id"),
    cohort_id=STRING,
    period_start=DATE,
    approach_id=STRING,
    cluster=INT,
    status=STRING,
    creatives=INT,
    continues_period_start=DATE,
    evidence=STRING,
    overlap=FLOAT,
    present_overlap=FLOAT,
    centroid_distance=FLOAT,
    cluster_input_hash=STRING,
)
APPROACH_MEMBERS = _job(
    "approach_members",
    ("cohort_id", "period_start", "creative_key"),
    cohort_id=STRING,
    period_start=DATE,
    creative_key=STRING,
    approach_id=STRING,
    traced_approach_id=STRING,
)
APPROACH_EVENTS = _job(
    "approach_events",
    ("event_id",),
    event_id=STRING,
    cohort_id=STRING,
    period_start=DATE,
    kind=STRING,
    from_approach_id=STRING,
    to_approach_id=STRING,
    shared_creatives=INT,
    from_share=FLOAT,
    to_share=FLOAT,
)
APPROACH_NAMES = _job(
    "approach_names",
    ("approach_id", "from_period_start"),
    cohort_id=STRING,
    approach_id=STRING,
    from_period_start=DATE,
    name=STRING,
    description=STRING,
    distinction=STRING,
    model=STRING,
    prompt_version=STRING,
    input_hash=STRING,
    fallback_reason=STRING,
)
APPROACH_NAME_MEMBERS = _job(
    "approach_name_members",
    ("approach_id", "from_period_start", "creative_key"),
    cohort_id=STRING,
    approach_id=STRING,
    from_period_start=DATE,
    creative_key=STRING,
)
APPROACH_TAG_TESTS = _job(
    "approach_tag_tests",
    ("cohort_id", "period_start", "approach_id", "tag"),
    cohort_id=STRING,
    period_start=DATE,
    approach_id=STRING,
    tag=STRING,
    with_tag_inside=INT,
    without_tag_inside=INT,
    with_tag_outside=INT,
    without_tag_outside=INT,
    odds_ratio=FLOAT,
    odds_ratio_low=FLOAT,
    odds_ratio_high=FLOAT,
    direction=STRING,
    p_value=FLOAT,
    p_value_greater=FLOAT,
    q_value=FLOAT,
    is_discriminating=BOOL,
    is_descriptive=BOOL,
)
JOB_RUNS = _job(
    "job_runs",
    ("run_id", "job"),
    run_id=STRING,
    job=STRING,
    started_at=TIMESTAMP,
    ended_at=TIMESTAMP,
    outcome=STRING,
    rows_read=INT,
    rows_written=INT,
    requests=INT,
    retries=INT,
    tokens=INT,
    tokens_are_estimated=BOOL,
    estimated_cost_usd=FLOAT,
    detail=STRING,
)

_JOB_TABLES: Final = (
    IMAGE_HASHES,
    VIDEO_HASHES,
    VIDEO_KEYFRAMES,
    CREATIVE_EMBEDDINGS,
    EMBEDDING_FAULTS,
    CLUSTER_RUNS,
    CLUSTERS,
    CLUSTER_ASSIGNMENTS,
    APPROACH_SNAPSHOTS,
    APPROACH_MEMBERS,
    APPROACH_EVENTS,
    APPROACH_NAMES,
    APPROACH_NAME_MEMBERS,
    APPROACH_TAG_TESTS,
    JOB_RUNS,
)
JOB_TABLES = MappingProxyType({table.name: table for table in _JOB_TABLES})
