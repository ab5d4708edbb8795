{# The job tables that ever changed: what each was in each schema version, and how it comes from one to the next.
   Generated from python_jobs/creative_approaches/tables: make generated #}
{% macro job_table_history() %}
    {{ return({
        "image_hashes": {"versions": [{"image_uri": "string", "content_sha256": "string", "width": "int64", "height":
            "int64", "ahash": "int64", "dhash": "int64", "phash": "int64", "quality": "float64", "status": "string",
            "reason": "string"}, {"image_uri": "string", "content_sha256": "string", "content_version": "string",
            "checked_at": "timestamp", "content_bytes": "int64", "format": "string", "width": "int64", "height":
            "int64", "hash_size": "int64", "fine_hash_size": "int64", "ahash": "int64", "dhash": "int64", "phash":
            "int64", "fine_dhash_1": "int64", "fine_dhash_2": "int64", "fine_dhash_3": "int64", "fine_dhash_4": "int64",
            "fine_phash_1": "int64", "fine_phash_2": "int64", "fine_phash_3": "int64", "fine_phash_4": "int64",
            "mean_red": "float64", "mean_green": "float64", "mean_blue": "float64", "quality": "float64", "status":
            "string", "reason": "string", "detail": "string"}, {"image_uri": "string", "content_sha256": "string",
            "content_version": "string", "checked_at": "timestamp", "content_bytes": "int64", "format": "string",
            "width": "int64", "height": "int64", "hash_size": "int64", "fine_hash_size": "int64", "ahash": "int64",
            "dhash": "int64", "phash": "int64", "fine_dhash_1": "int64", "fine_dhash_2": "int64", "fine_dhash_3":
            "int64", "fine_dhash_4": "int64", "fine_phash_1": "int64", "fine_phash_2": "int64", "fine_phash_3": "int64",
            "fine_phash_4": "int64", "mean_red": "float64", "mean_green": "float64", "mean_blue": "float64", "quality":
            "float64", "features_version": "int64", "thumbnail_tried": "bool", "status": "string", "reason": "string",
            "detail": "string"}, {"image_uri": "string", "content_sha256": "string", "content_version": "string",
            "checked_at": "timestamp", "content_bytes": "int64", "format": "string", "width": "int64", "height":
            "int64", "hash_size": "int64", "fine_hash_size": "int64", "ahash": "int64", "dhash": "int64", "phash":
            "int64", "fine_dhash_1": "int64", "fine_dhash_2": "int64", "fine_dhash_3": "int64", "fine_dhash_4": "int64",
            "fine_phash_1": "int64", "fine_phash_2": "int64", "fine_phash_3": "int64", "fine_phash_4": "int64",
            "mean_red": "float64", "mean_green": "float64", "mean_blue": "float64", "quality": "float64",
            "is_truncated": "bool", "features_version": "int64", "thumbnail_tried": "bool", "status": "string",
            "reason": "string", "detail": "string"}, {"image_uri": "string", "content_sha256": "string",
            "content_version": "string", "checked_at": "timestamp", "content_bytes": "int64", "format": "string",
            "width": "int64", "height": "int64", "hash_size": "int64", "fine_hash_size": "int64", "ahash": "int64",
            "dhash": "int64", "phash": "int64", "fine_dhash_1": "int64", "fine_dhash_2": "int64", "fine_dhash_3":
            "int64", "fine_dhash_4": "int64", "fine_phash_1": "int64", "fine_phash_2": "int64", "fine_phash_3": "int64",
            "fine_phash_4": "int64", "mean_red": "float64", "mean_green": "float64", "mean_blue": "float64", "quality":
            "float64", "is_truncated": "bool", "features_version": "int64", "thumbnail_tried": "bool", "layout_version":
            "int64", "plain_share": "float64", "detail_dhash_1": "int64", "detail_dhash_2": "int64", "detail_dhash_3":
            "int64", "detail_dhash_4": "int64", "tones_1": "int64", "tones_2": "int64", "tones_3": "int64", "tones_4":
            "int64", "tones_5": "int64", "tones_6": "int64", "tones_7": "int64", "tones_8": "int64", "tones_9": "int64",
            "tones_10": "int64", "tones_11": "int64", "tones_12": "int64", "colours_1": "int64", "colours_2": "int64",
            "colours_3": "int64", "colours_4": "int64", "status": "string", "reason": "string", "detail": "string"},
            {"image_uri": "string", "content_sha256": "string", "content_version": "string", "checked_at": "timestamp",
            "content_bytes": "int64", "format": "string", "width": "int64", "height": "int64", "hash_size": "int64",
            "fine_hash_size": "int64", "ahash": "int64", "dhash": "int64", "phash": "int64", "fine_dhash_1": "int64",
            "fine_dhash_2": "int64", "fine_dhash_3": "int64", "fine_dhash_4": "int64", "fine_phash_1": "int64",
            "fine_phash_2": "int64", "fine_phash_3": "int64", "fine_phash_4": "int64", "mean_red": "float64",
            "mean_green": "float64", "mean_blue": "float64", "quality": "float64", "is_truncated": "bool",
            "features_version": "int64", "thumbnail_tried": "bool", "is_lost": "bool", "layout_version": "int64",
            "plain_share": "float64", "detail_dhash_1": "int64", "detail_dhash_2": "int64", "detail_dhash_3": "int64",
            "detail_dhash_4": "int64", "tones_1": "int64", "tones_2": "int64", "tones_3": "int64", "tones_4": "int64",
            "tones_5": "int64", "tones_6": "int64", "tones_7": "int64", "tones_8": "int64", "tones_9": "int64",
            "tones_10": "int64", "tones_11": "int64", "tones_12": "int64", "colours_1": "int64", "colours_2": "int64",
            "colours_3": "int64", "colours_4": "int64", "status": "string", "reason": "string", "detail": "string"}],
            "migrations": [{"renamed": {}, "added": ["content_version", "checked_at", "content_bytes", "format",
            "hash_size", "fine_hash_size", "fine_dhash_1", "fine_dhash_2", "fine_dhash_3", "fine_dhash_4",
            "fine_phash_1", "fine_phash_2", "fine_phash_3", "fine_phash_4", "mean_red", "mean_green", "mean_blue",
            "detail"], "values": {}, "widened": [], "dropped": []}, {"renamed": {}, "added": ["features_version",
            "thumbnail_tried"], "values": {}, "widened": [], "dropped": []}, {"renamed": {}, "added": ["is_truncated"],
            "values": {"is_truncated": "case when old.status = 'hashed' then false end"}, "widened": [], "dropped": []},
            {"renamed": {}, "added": ["layout_version", "plain_share", "detail_dhash_1", "detail_dhash_2",
            "detail_dhash_3", "detail_dhash_4", "tones_1", "tones_2", "tones_3", "tones_4", "tones_5", "tones_6",
            "tones_7", "tones_8", "tones_9", "tones_10", "tones_11", "tones_12", "colours_1", "colours_2", "colours_3",
            "colours_4"], "values": {}, "widened": [], "dropped": []}, {"renamed": {}, "added": ["is_lost"], "values":
            {}, "widened": [], "dropped": []}], "first_rows": ""},
        "video_hashes": {"versions": [{"video_uri": "string", "content_sha256": "string", "content_version": "string",
            "checked_at": "timestamp", "content_bytes": "int64", "format": "string", "codec": "string", "width":
            "int64", "height": "int64", "duration_seconds": "float64", "keyframes": "int64", "status": "string",
            "reason": "string", "detail": "string"}, {"video_uri": "string", "content_sha256": "string",
            "content_version": "string", "checked_at": "timestamp", "content_bytes": "int64", "format": "string",
            "codec": "string", "width": "int64", "height": "int64", "duration_seconds": "float64", "keyframes": "int64",
            "thumbnail_tried": "bool", "status": "string", "reason": "string", "detail": "string"}, {"video_uri":
            "string", "content_sha256": "string", "content_version": "string", "checked_at": "timestamp",
            "content_bytes": "int64", "format": "string", "codec": "string", "width": "int64", "height": "int64",
            "duration_seconds": "float64", "keyframes": "int64", "thumbnail_tried": "bool", "is_lost": "bool", "status":
            "string", "reason": "string", "detail": "string"}], "migrations": [{"renamed": {}, "added":
            ["thumbnail_tried"], "values": {}, "widened": [], "dropped": []}, {"renamed": {}, "added": ["is_lost"],
            "values": {}, "widened": [], "dropped": []}], "first_rows": ""},
        "creative_annotations": {"versions": [{"content_hash": "string", "annotator": "string", "model": "string",
            "backend": "string", "taxonomy_version": "string", "traits": "string", "probabilities": "vector",
            "approach_phrase": "string", "reason": "string", "detail": "string"}, {"content_hash": "string",
            "annotator": "string", "model": "string", "backend": "string", "taxonomy_version": "string", "traits":
            "string", "probabilities": "vector", "approach_phrase": "string", "reason": "string", "detail": "string",
            "pictures_seen": "int64", "media_detail": "string"}], "migrations": [{"renamed": {}, "added":
            ["pictures_seen", "media_detail"], "values": {}, "widened": [], "dropped": []}], "first_rows": ""},
        "creative_embeddings": {"versions": [{"text_hash": "string", "model": "string", "dimensions": "int64",
            "embedding": "vector"}, {"text_hash": "string", "model": "string", "backend": "string", "dimensions":
            "int64", "embedding": "vector", "reason": "string", "detail": "string"}, {"text_hash": "string", "model":
            "string", "backend": "string", "dimensions": "int64", "embedding": "vector"}], "migrations": [{"renamed":
            {}, "added": ["backend", "reason", "detail"], "values": {"backend": "'offline'"}, "widened": [], "dropped":
            []}, {"renamed": {}, "added": [], "values": {}, "widened": [], "dropped": ["reason", "detail"]}],
            "first_rows": ""},
        "cluster_runs": {"versions": [{"cohort_id": "string", "period_start": "date", "period_grain": "string",
            "algorithm": "string", "selection": "string", "reason": "string", "creatives": "int64", "distinct_contents":
            "int64", "points": "int64", "is_approximate": "bool", "clusters": "int64", "themes": "int64", "outliers":
            "int64", "attached": "int64", "unusable": "int64", "coverage": "float64", "spend_coverage": "float64",
            "score": "float64", "stability": "float64", "candidates": "string", "embedding_model": "string",
            "tags_embedded": "bool", "input_hash": "string"}, {"cohort_id": "string", "period_start": "date",
            "period_grain": "string", "algorithm": "string", "selection": "string", "reason": "string", "creatives":
            "int64", "distinct_contents": "int64", "points": "int64", "is_approximate": "bool", "clusters": "int64",
            "themes": "int64", "outliers": "int64", "attached": "int64", "unusable": "int64", "coverage": "float64",
            "spend_coverage": "float64", "score": "float64", "stability": "float64", "candidates": "string",
            "embedding_model": "string", "embedding_backend": "string", "embedding_dimensions": "int64",
            "tags_embedded": "bool", "input_hash": "string"}, {"cohort_id": "string", "period_start": "date",
            "period_grain": "string", "algorithm": "string", "selection": "string", "reason": "string", "creatives":
            "int64", "distinct_contents": "int64", "points": "int64", "is_approximate": "bool", "clusters": "int64",
            "themes": "int64", "outliers": "int64", "attached": "int64", "unusable": "int64", "coverage": "float64",
            "spend_coverage": "float64", "score": "float64", "stability": "float64", "candidates": "string",
            "embed_source": "string", "embedding_model": "string", "embedding_backend": "string",
            "embedding_dimensions": "int64", "tags_embedded": "bool", "input_hash": "string"}], "migrations":
            [{"renamed": {}, "added": ["embedding_backend", "embedding_dimensions"], "values": {"embedding_backend":
            "'offline'", "embedding_dimensions": "( select max(array_length(clusters.centroid)) from {clusters} as
            clusters where clusters.cohort_id = old.cohort_id and clusters.period_start = old.period_start )"},
            "widened": [], "dropped": []}, {"renamed": {}, "added": ["embed_source"], "values": {"embed_source":
            "'text'"}, "widened": [], "dropped": []}], "first_rows": ""},
        "cluster_assignments": {"versions": [{"cohort_id": "string", "period_start": "date", "creative_key": "string",
            "cluster": "int64", "is_outlier": "bool", "is_attached": "bool", "distance_to_centroid": "float64",
            "reason": "string"}, {"cohort_id": "string", "period_start": "date", "version_key": "string",
            "creative_key": "string", "cluster": "int64", "is_outlier": "bool", "is_attached": "bool",
            "distance_to_centroid": "float64", "reason": "string"}], "migrations": [{"renamed": {}, "added":
            ["version_key"], "values": {"version_key": "old.creative_key"}, "widened": [], "dropped": []}],
            "first_rows": ""},
        "approach_snapshots": {"versions": [{"cohort_id": "string", "period_start": "date", "approach_id": "string",
            "cluster": "int64", "status": "string", "creatives": "int64", "continues_period_start": "date", "evidence":
            "string", "overlap": "float64", "present_overlap": "float64", "centroid_distance": "float64",
            "cluster_input_hash": "string"}, {"cohort_id": "string", "period_start": "date", "approach_id": "string",
            "cluster": "int64", "status": "string", "creatives": "int64", "continues_period_start": "date", "evidence":
            "string", "overlap": "float64", "present_overlap": "float64", "centroid_distance": "float64",
            "distance_limit": "float64", "cluster_input_hash": "string"}], "migrations": [{"renamed": {}, "added":
            ["distance_limit"], "values": {}, "widened": [], "dropped": []}], "first_rows": ""},
        "approach_members": {"versions": [{"cohort_id": "string", "period_start": "date", "creative_key": "string",
            "approach_id": "string", "traced_approach_id": "string"}, {"cohort_id": "string", "period_start": "date",
            "version_key": "string", "creative_key": "string", "approach_id": "string", "traced_approach_id":
            "string"}], "migrations": [{"renamed": {}, "added": ["version_key"], "values": {"version_key":
            "old.creative_key"}, "widened": [], "dropped": []}], "first_rows": "select assigned.cohort_id,
            assigned.period_start, assigned.creative_key as version_key, assigned.creative_key, tracked.approach_id,
            tracked.approach_id as traced_approach_id from {cluster_assignments} as assigned inner join
            {approach_snapshots} as tracked on assigned.cohort_id = tracked.cohort_id and assigned.period_start =
            tracked.period_start and assigned.cluster = tracked.cluster"},
        "approach_names": {"versions": [{"cohort_id": "string", "approach_id": "string", "from_period_start": "date",
            "name": "string", "description": "string", "model": "string", "prompt_version": "string", "input_hash":
            "string"}, {"cohort_id": "string", "approach_id": "string", "from_period_start": "date", "name": "string",
            "description": "string", "distinction": "string", "model": "string", "prompt_version": "string",
            "input_hash": "string", "fallback_reason": "string"}, {"cohort_id": "string", "approach_id": "string",
            "from_period_start": "date", "name": "string", "description": "string", "distinction": "string", "model":
            "string", "prompt_version": "string", "input_hash": "string", "fallback_reason": "string", "traits":
            "string"}], "migrations": [{"renamed": {}, "added": ["distinction", "fallback_reason"], "values": {},
            "widened": [], "dropped": []}, {"renamed": {}, "added": ["traits"], "values": {}, "widened": [], "dropped":
            []}], "first_rows": ""},
        "approach_name_members": {"versions": [{"cohort_id": "string", "approach_id": "string", "from_period_start":
            "date", "creative_key": "string"}], "migrations": [], "first_rows": "select names.cohort_id,
            names.approach_id, names.from_period_start, members.creative_key from {approach_names} as names inner join
            {approach_members} as members on names.cohort_id = members.cohort_id and names.approach_id =
            members.approach_id and names.from_period_start = members.period_start"},
        "approach_tag_tests": {"versions": [{"cohort_id": "string", "period_start": "date", "approach_id": "string",
            "tag": "string", "with_tag_inside": "int64", "without_tag_inside": "int64", "with_tag_outside": "int64",
            "without_tag_outside": "int64", "odds_ratio": "float64", "p_value": "float64", "q_value": "float64",
            "is_discriminating": "bool", "is_descriptive": "bool"}, {"cohort_id": "string", "period_start": "date",
            "approach_id": "string", "tag": "string", "with_tag_inside": "int64", "without_tag_inside": "int64",
            "with_tag_outside": "int64", "without_tag_outside": "int64", "odds_ratio": "float64", "odds_ratio_low":
            "float64", "odds_ratio_high": "float64", "direction": "string", "p_value": "float64", "p_value_greater":
            "float64", "q_value": "float64", "is_discriminating": "bool", "is_descriptive": "bool"}], "migrations":
            [{"renamed": {}, "added": ["odds_ratio_low", "odds_ratio_high", "direction", "p_value_greater"], "values":
            {}, "widened": [], "dropped": []}], "first_rows": ""},
        "job_runs": {"versions": [{"run_id": "string", "job": "string", "started_at": "timestamp", "ended_at":
            "timestamp", "outcome": "string", "rows_read": "int64", "rows_written": "int64", "tokens": "int64",
            "estimated_cost_usd": "float64", "detail": "string"}, {"run_id": "string", "job": "string", "started_at":
            "timestamp", "ended_at": "timestamp", "outcome": "string", "rows_read": "int64", "rows_written": "int64",
            "requests": "int64", "retries": "int64", "tokens": "int64", "tokens_are_estimated": "bool",
            "estimated_cost_usd": "float64", "detail": "string"}, {"step_id": "string", "run_id": "string", "job":
            "string", "started_at": "timestamp", "ended_at": "timestamp", "outcome": "string", "rows_read": "int64",
            "rows_written": "int64", "warnings": "int64", "requests": "int64", "retries": "int64", "tokens": "int64",
            "tokens_are_estimated": "bool", "estimated_cost_usd": "float64", "detail": "string"}], "migrations":
            [{"renamed": {}, "added": ["requests", "retries", "tokens_are_estimated"], "values": {"requests": "0",
            "retries": "0", "tokens_are_estimated": "false"}, "widened": [], "dropped": []}, {"renamed": {}, "added":
            ["step_id", "warnings"], "values": {"step_id": "old.run_id"}, "widened": [], "dropped": []}], "first_rows":
            ""},
    }) }}
{% endmacro %}
