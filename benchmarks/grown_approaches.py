"""What the jobs from annotate on would have written of the creatives of `grown_raw`, by SQL from the models they read.

Clusters are the true approaches of the account but for some outliers and texts without a vector; the last approach of
each account ends three weeks before the rest.
"""

from typing import Final

from benchmarks.grown_raw import APPROACHES

LAST_WEEK: Final = "date '2026-03-23'"
ENDED: Final = f"cluster = {APPROACHES - 1} and period_start > date '2026-03-02'"

_ANNOTATORS: Final = """
insert into approaches_jobs.annotators by name
select
    'offline' as annotator,
    'made' as model,
    'offline' as backend,
    'made' as taxonomy_version,
    (select string_agg(distinct attribute, ', ' order by attribute) from traits) as attributes
"""

# Of each attribute the first three values are given.
_TRAITS: Final = """
create or replace temp table traits as
select attribute, value, row_number() over (partition by attribute order by value) as number
from approaches_staging.stg_seeds__creative_traits
where medium = 'text'
"""

_CREATIVE_ANNOTATIONS: Final = """
insert into approaches_jobs.creative_annotations by name
select
    content_hash,
    annotators.* exclude (attributes),
    string_agg(attribute || ':' || value, ', ' order by attribute) as traits,
    list(1 / 97 order by attribute) as probabilities
from (select distinct content_hash from approaches_intermediate.int_creatives__content_hashes)
cross join approaches_jobs.annotators
inner join traits on traits.number = 1 + hash(content_hash, attribute) % 3
group by all
"""

_EMBEDDING_FAULTS: Final = """
insert into approaches_jobs.embedding_faults by name
select text_hash, 'offline' as model, 'offline' as backend, 8 as dimensions, 'blocked' as reason
from approaches_intermediate.int_texts__distinct
where hash(text_hash) % 100 = 0
"""

_CREATIVE_EMBEDDINGS: Final = """
insert into approaches_jobs.creative_embeddings by name
select
    text_hash, 'offline' as model, 'offline' as backend, 8 as dimensions,
    [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0] as embedding
from approaches_intermediate.int_texts__distinct
anti join approaches_jobs.embedding_faults using (text_hash)
"""

_ASSIGNMENTS: Final = f"""
insert into approaches_jobs.cluster_assignments by name
with members as (
    select
        members.*,
        try_cast(creatives.creative_name[2:3] as bigint) as cluster,
        faults.text_hash is not null as is_faulty,
        hash(version_key, members.period_start) % 20 = 0 or ({ENDED}) as is_alone
    from approaches_intermediate.int_cohorts__members as members
    inner join approaches_intermediate.int_creatives__contents as creatives using (version_key)
    left join approaches_jobs.embedding_faults as faults on members.text_hash = faults.text_hash
    where members.has_text
)
select
    cohort_id,
    period_start,
    version_key,
    creative_key,
    case when not is_faulty and not is_alone then members.cluster end as cluster,
    not is_faulty and is_alone as is_outlier,
    not is_faulty and not is_alone and hash(version_key) % 30 = 0 as is_attached,
    case when not is_faulty and not is_alone then hash(version_key) % 1000 / 1000 end as distance_to_centroid,
    case when is_faulty then 'blocked' end as reason
from members
"""

_CLUSTERS: Final = """
insert into approaches_jobs.clusters by name
select
    cohort_id,
    period_start,
    cluster,
    cluster // 3 as theme,
    count(*) as creatives,
    count(*) filter (is_attached) as attached,
    count(*) as distinct_contents,
    0.5 + hash(cohort_id, cluster) % 50 / 100 as stability,
    [1.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0] as centroid
from approaches_jobs.cluster_assignments
where cluster is not null
group by cohort_id, period_start, cluster
"""

_CLUSTER_RUNS: Final = """
insert into approaches_jobs.cluster_runs by name
select
    cohort_id,
    period_start,
    'week' as period_grain,
    'ward' as algorithm,
    'coverage' as selection,
    'made' as reason,
    count(*) as creatives,
    count(*) as distinct_contents,
    count(*) as points,
    false as is_approximate,
    count(distinct cluster) as clusters,
    count(distinct cluster // 3) as themes,
    count(*) filter (is_outlier) as outliers,
    count(*) filter (is_attached) as attached,
    count(*) filter (reason is not null) as unusable,
    0.9 as coverage,
    0.9 as spend_coverage,
    0.9 as score,
    0.9 as stability,
    '[]' as candidates,
    'both' as embed_source,
    'offline' as embedding_model,
    'offline' as embedding_backend,
    8 as embedding_dimensions,
    true as tags_embedded,
    md5(cohort_id || period_start) as input_hash
from approaches_jobs.cluster_assignments
group by cohort_id, period_start
"""

_MEMBERS: Final = """
insert into approaches_jobs.approach_members by name
select
    cohort_id,
    period_start,
    version_key,
    creative_key,
    md5(cohort_id || cluster) as approach_id,
    approach_id as traced_approach_id
from approaches_jobs.cluster_assignments
where cluster is not null
"""

_SNAPSHOTS: Final = f"""
insert into approaches_jobs.approach_snapshots by name
select
    cohort_id,
    period_start,
    md5(cohort_id || cluster) as approach_id,
    cluster,
    case when lag(period_start) over approach is null then 'NEW' else 'ACTIVE' end as status,
    creatives,
    lag(period_start) over approach as continues_period_start,
    case when status = 'ACTIVE' then 'overlap' end as evidence,
    case when status = 'ACTIVE' then 0.7 end as overlap,
    case when status = 'ACTIVE' then 0.9 end as present_overlap,
    case when status = 'ACTIVE' then 0.02 end as centroid_distance,
    md5(cohort_id || period_start) as cluster_input_hash
from approaches_jobs.clusters
window approach as (partition by cohort_id, cluster order by period_start)
union all by name
select distinct
    cohort_id,
    period_start,
    md5(cohort_id || cluster) as approach_id,
    null::bigint as cluster,
    'INACTIVE' as status,
    0 as creatives,
    md5(cohort_id || period_start) as cluster_input_hash
from (select distinct cohort_id, period_start, {APPROACHES - 1} as cluster from approaches_jobs.cluster_runs)
where {ENDED}
"""

_EVENTS: Final = f"""
insert into approaches_jobs.approach_events by name
select
    md5(concat(cohort_id, period_start, kind, from_approach_id, to_approach_id)) as event_id,
    *,
    5 as shared_creatives,
    0.6 as from_share,
    0.6 as to_share
from (
    select
        cohort_id,
        period_start,
        case status when 'NEW' then 'new' when 'ACTIVE' then 'continued' else 'inactive' end as kind,
        case when status != 'NEW' then approach_id end as from_approach_id,
        case when status != 'INACTIVE' then approach_id end as to_approach_id
    from approaches_jobs.approach_snapshots
    union all
    select cohort_id, period_start, unnest(['split', 'merged']), md5(cohort_id || {APPROACHES - 1}), md5(cohort_id || 1)
    from approaches_jobs.cluster_runs
    where period_start = {LAST_WEEK}
)
"""

_NAMES: Final = """
insert into approaches_jobs.approach_names by name
select
    cohort_id,
    approach_id,
    min(period_start) as from_period_start,
    'Name of ' || approach_id as name,
    'What it says' as description,
    'What sets it apart' as distinction,
    'offline' as model,
    '1' as prompt_version,
    md5(approach_id) as input_hash
from approaches_jobs.approach_members
group by cohort_id, approach_id
"""

_NAME_MEMBERS: Final = """
insert into approaches_jobs.approach_name_members by name
select members.cohort_id, members.approach_id, names.from_period_start, members.creative_key
from approaches_jobs.approach_members as members
inner join approaches_jobs.approach_names as names
    on members.approach_id = names.approach_id and members.period_start = names.from_period_start
"""

# Every tag that five creatives of a cohort and period carry, in each approach.
_TAG_TESTS: Final = """
insert into approaches_jobs.approach_tag_tests by name
with approaches as (
    select cohort_id, period_start, approach_id, count(*) as members
    from approaches_jobs.approach_members
    group by all
),
tagged as (
    select cohort_id, period_start, tag, approach_id, count(*) as carriers
    from approaches_jobs.approach_members
    inner join approaches_intermediate.int_creatives__tags using (version_key)
    group by all
),
tags as (
    select cohort_id, period_start, tag, sum(carriers) as carriers
    from tagged
    group by all
    having sum(carriers) >= 5
)
select
    cohort_id,
    period_start,
    approach_id,
    tag,
    coalesce(tagged.carriers, 0) as with_tag_inside,
    approaches.members - with_tag_inside as without_tag_inside,
    tags.carriers - with_tag_inside as with_tag_outside,
    100 as without_tag_outside,
    1.5 as odds_ratio,
    0.5 as odds_ratio_low,
    4.5 as odds_ratio_high,
    case when with_tag_inside * 2 > tags.carriers then 'over' else 'under' end as direction,
    case direction when 'over' then 0.001 else 0.5 end as p_value,
    p_value as p_value_greater,
    p_value * 2 as q_value,
    direction = 'over' as is_discriminating,
    true as is_descriptive
from tags
inner join approaches using (cohort_id, period_start)
left join tagged using (cohort_id, period_start, tag, approach_id)
"""

# Every value of a trait, in each approach.
_TRAIT_TESTS: Final = """
insert into approaches_jobs.approach_trait_tests by name
select
    cohort_id,
    period_start,
    approach_id,
    attribute,
    value,
    5 as with_trait_inside,
    5 as without_trait_inside,
    5 as with_trait_outside,
    100 as without_trait_outside,
    1.5 as odds_ratio,
    0.5 as odds_ratio_low,
    4.5 as odds_ratio_high,
    case hash(approach_id, value) % 3 when 0 then 'over' else 'under' end as direction,
    case direction when 'over' then 0.001 else 0.5 end as p_value,
    p_value as p_value_greater,
    p_value * 2 as q_value,
    direction = 'over' as is_discriminating,
    true as is_descriptive
from (select distinct cohort_id, period_start, approach_id from approaches_jobs.approach_members)
cross join traits
where number <= 3
"""

_JOB_RUNS: Final = """
insert into approaches_jobs.job_runs by name
select
    'a run' as run_id,
    unnest(['hash-images', 'hash-videos', 'annotate', 'embed', 'cluster', 'track', 'name', 'test-tags']) as job,
    job as step_id,
    timestamp '2026-03-29' as started_at,
    timestamp '2026-03-29' as ended_at,
    'done' as outcome
"""

# In each account, one.
_OVERRIDES: Final = """
insert into approaches_raw.approach_overrides by name
select
    row_number() over (order by approach_id) as override_number,
    'rename' as kind,
    approach_id,
    'Renamed' as new_name
from approaches_jobs.approach_names
where approach_id = md5(cohort_id || 0)
"""


def approach_statements() -> tuple[str, ...]:
    """Statements that fill the tables of the jobs from annotate on, and people's decisions about approaches."""
    return (
        _TRAITS,
        _ANNOTATORS,
        _CREATIVE_ANNOTATIONS,
        _EMBEDDING_FAULTS,
        _CREATIVE_EMBEDDINGS,
        _ASSIGNMENTS,
        _CLUSTERS,
        _CLUSTER_RUNS,
        _MEMBERS,
        _SNAPSHOTS,
        _EVENTS,
        _NAMES,
        _NAME_MEMBERS,
        _TAG_TESTS,
        _TRAIT_TESTS,
        _JOB_RUNS,
        _OVERRIDES,
    )
