"""How the job tables of earlier versions become those of this one. A table that is not here never changed.

Version 1 is what the first jobs wrote, before tables had versions. A migration stays as long as a warehouse may hold
the version before it; docs/upgrading.md says how to add one.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from creative_approaches.tables.table import STRING, Migration

MIGRATIONS: Final[Mapping[str, tuple[Migration, ...]]] = MappingProxyType(
    {
        "image_hashes": (
            # Null in older rows, so that job hash-images reads their files again: it is free.
            Migration(
                added=dict.fromkeys(
                    (
                        "content_version",
                        "checked_at",
                        "content_bytes",
                        "format",
                        "hash_size",
                        "fine_hash_size",
                        "fine_dhash_1",
                        "fine_dhash_2",
                        "fine_dhash_3",
                        "fine_dhash_4",
                        "fine_phash_1",
                        "fine_phash_2",
                        "fine_phash_3",
                        "fine_phash_4",
                        "mean_red",
                        "mean_green",
                        "mean_blue",
                        "detail",
                    )
                )
            ),
            # Null in older rows, so that job hash-images reads their files once more.
            Migration(added=dict.fromkeys(("features_version", "thumbnail_tried"))),
            # What was cut off had no hashes.
            Migration(added={"is_truncated": "case when old.status = 'hashed' then false end"}),
            # Null in older rows, so that job hash-images reads their files once more.
            Migration(
                added=dict.fromkeys(
                    (
                        "layout_version",
                        "plain_share",
                        *(f"detail_dhash_{word}" for word in range(1, 5)),
                        *(f"tones_{row}" for row in range(1, 13)),
                        *(f"colours_{row}" for row in range(1, 5)),
                    )
                )
            ),
            # Nobody noted which files could not be had any more.
            Migration(added={"is_lost": None}),
        ),
        "video_hashes": (
            # Null in older rows, so that job hash-videos reads their files once more.
            Migration(added={"thumbnail_tried": None}),
            # Nobody noted which files could not be had any more.
            Migration(added={"is_lost": None}),
        ),
        # No reader was shown a picture.
        "creative_annotations": (Migration(added=dict.fromkeys(("pictures_seen", "media_detail"))),),
        "creative_embeddings": (
            # The offline model was the only one.
            Migration(added={"backend": "'offline'", "reason": None, "detail": None}),
            # No job ever wrote why a text has no vector here: table embedding_faults holds it.
            Migration(dropped={"reason": STRING, "detail": STRING}),
        ),
        "cluster_runs": (
            Migration(
                added={
                    "embedding_backend": "'offline'",
                    # A run without a cluster keeps null: it compared no vectors.
                    "embedding_dimensions": """
                        (
                            select max(array_length(clusters.centroid))
                            from {clusters} as clusters
                            where
                                clusters.cohort_id = old.cohort_id
                                and clusters.period_start = old.period_start
                        )
                    """,
                }
            ),
            # Nothing but texts was ever grouped.
            Migration(added={"embed_source": "'text'"}),
        ),
        # Each creative had one content, whose key is the creative's.
        "cluster_assignments": (Migration(added={"version_key": "old.creative_key"}),),
        "approach_members": (Migration(added={"version_key": "old.creative_key"}),),
        # Null in closed periods, whose centroids were judged by one number for all spaces.
        "approach_snapshots": (Migration(added={"distance_limit": None}),),
        "approach_names": (
            Migration(added={"distinction": None, "fallback_reason": None}),
            # No ad had been read for what it does.
            Migration(added={"traits": None}),
        ),
        "approach_tag_tests": (
            # Null until job test-tags writes all rows again.
            Migration(added=dict.fromkeys(("odds_ratio_low", "odds_ratio_high", "direction", "p_value_greater"))),
        ),
        "job_runs": (
            # No model was asked for money yet.
            Migration(added={"requests": "0", "retries": "0", "tokens_are_estimated": "false"}),
            # Each row was a run of its own. Of warnings nothing is known.
            Migration(added={"step_id": "old.run_id", "warnings": None}),
        ),
    }
)

FIRST_ROWS: Final[Mapping[str, str]] = MappingProxyType(
    {
        # What keeps closed periods closed: approaches had their members by their clusters alone.
        "approach_members": """
            select
                assigned.cohort_id,
                assigned.period_start,
                assigned.creative_key as version_key,
                assigned.creative_key,
                tracked.approach_id,
                tracked.approach_id as traced_approach_id
            from {cluster_assignments} as assigned
            inner join {approach_snapshots} as tracked
                on
                    assigned.cohort_id = tracked.cohort_id
                    and assigned.period_start = tracked.period_start
                    and assigned.cluster = tracked.cluster
        """,
        # What keeps names: they were given for all members of the period that they hold from.
        "approach_name_members": """
            select
                names.cohort_id,
                names.approach_id,
                names.from_period_start,
                members.creative_key
            from {approach_names} as names
            inner join {approach_members} as members
                on
                    names.cohort_id = members.cohort_id
                    and names.approach_id = members.approach_id
                    and names.from_period_start = members.period_start
        """,
    }
)
