"""What the jobs read: models of the prepare stage, and marts. A model may have more columns than a job needs."""

import pyarrow as pa

from creative_approaches.tables.table import BOOL, BYTES, DATE, FLOAT, INT, MONEY, STRING, TIMESTAMP, Table


def _model(name: str, key: tuple[str, ...], /, **columns: pa.DataType) -> Table:
    return Table(name, pa.schema(columns.items()), key, is_job_table=False)


IMAGES = _model("int_images__distinct", ("image_uri",), image_uri=STRING)
PAIRS_TO_COMPARE, PAIRS_OF_NEIGHBOURS = (
    _model(
        name,
        ("content_sha256", "neighbour_sha256", "is_mirrored"),
        content_sha256=STRING,
        neighbour_sha256=STRING,
        is_mirrored=BOOL,
        features=BYTES,
        neighbour_features=BYTES,
    )
    for name in ("int_images__pairs_to_compare", "int_images__pairs_of_neighbours")
)
VIDEOS = _model("int_videos__distinct", ("video_uri",), video_uri=STRING)
MEDIA_CONTENTS = _model(
    "int_media__contents",
    ("content_sha256",),
    content_sha256=STRING,
    media_type=STRING,
    created_at=TIMESTAMP,
    representative_sha256=STRING,
)
NEAR_PAIRS = _model(
    "int_media__near_pairs",
    ("content_sha256", "neighbour_sha256", "match_rule"),
    content_sha256=STRING,
    neighbour_sha256=STRING,
    match_rule=STRING,
    match_in_words=STRING,
    hash_kind=STRING,
    distance=INT,
    fine_distance=INT,
    confidence=FLOAT,
)
IMAGE_OVERRIDES = _model(
    "int_media__overrides",
    ("override_number",),
    override_number=INT,
    kind=STRING,
    content_sha256=STRING,
    other_sha256=STRING,
)
TEXTS = _model("int_texts__distinct", ("text_hash",), text_hash=STRING, embedding_text=STRING)
CONTENTS = _model(
    "int_creatives__contents",
    ("version_key",),
    version_key=STRING,
    creative_key=STRING,
    headline=STRING,
    description=STRING,
    format=STRING,
    image_uri=STRING,
    video_uri=STRING,
    wording_hash=STRING,
    image_sha256=STRING,
    video_sha256=STRING,
)
CREATIVE_TRAITS = _model(
    "stg_seeds__creative_traits",
    ("attribute", "value"),
    attribute=STRING,
    value=STRING,
    medium=STRING,
    label=STRING,
    phrase=STRING,
    ideas=STRING,
    meaning=STRING,
)
TAGS = _model("int_creatives__tags", ("version_key", "tag"), version_key=STRING, tag=STRING, tag_source=STRING)
MEMBERS = _model(
    "int_cohorts__members",
    ("cohort_id", "period_start", "version_key"),
    cohort_id=STRING,
    period_start=DATE,
    version_key=STRING,
    creative_key=STRING,
    text_hash=STRING,
    has_text=BOOL,
    product=STRING,
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

TRAIT_OVERRIDES = _model(
    "stg_seeds__trait_overrides",
    ("override_number",),
    override_number=INT,
    content_hash=STRING,
    attribute=STRING,
    value=STRING,
)

# What the summary reads: marts.

BRIEFS = _model(
    "fct_approach_briefs",
    ("approach_id",),
    approach_id=STRING,
    cohort_id=STRING,
    approach_name=STRING,
    status=STRING,
    stability=FLOAT,
    is_stable=BOOL,
    name_traits=STRING,
    creatives=INT,
    ctr=FLOAT,
    ctr_direction=STRING,
    is_fatigued=BOOL,
    discriminating_tags=STRING,
)
ISSUES = _model(
    "fct_data_quality_issues", ("data_quality_issue_id",), kind=STRING, level=STRING, unit=STRING, affected=INT
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
