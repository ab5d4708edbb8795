"""Run one benchmark or all of them, printing one JSON line per figure."""

import sys

from benchmarks.annotate import annotate
from benchmarks.approach_quality import approach_quality
from benchmarks.bigquery import bigquery_run, bigquery_vectors
from benchmarks.build_growth import build_growth
from benchmarks.clustering_cohorts import many_cohorts
from benchmarks.clustering_quality import bertopic_quality, clustering_quality
from benchmarks.clustering_scale import cohort_100k, ward_sweep
from benchmarks.dirty_exports import dirty_exports
from benchmarks.disturbed_runs import killed_runs, racing_commands
from benchmarks.figures import Benchmarks, print_figures
from benchmarks.formats import formats
from benchmarks.gemini import gemini_annotations, gemini_faults, gemini_latency
from benchmarks.hash_pairs import pairs
from benchmarks.ids_kept import ids_kept
from benchmarks.images import hash_throughput
from benchmarks.lineage import lineage
from benchmarks.near_duplicates import near_duplicates
from benchmarks.pipeline import demo_run, real_data_run
from benchmarks.raw_check import raw_check
from benchmarks.tags import tag_fdr
from benchmarks.trends import delta_calibration, trend_labels, trends_sql
from benchmarks.video import video

BENCHMARKS: Benchmarks = {
    "annotate": annotate,
    "demo_run": demo_run,
    "real_data_run": real_data_run,
    "raw_check": raw_check,
    "killed_runs": killed_runs,
    "racing_commands": racing_commands,
    "build_growth": build_growth,
    "dirty_exports": dirty_exports,
    "bigquery_run": bigquery_run,
    "bigquery_vectors": bigquery_vectors,
    "approach_quality": approach_quality,
    "clustering_quality": clustering_quality,
    "bertopic": bertopic_quality,
    "ward_sweep": ward_sweep,
    "cohort_100k": cohort_100k,
    "many_cohorts": many_cohorts,
    "hash_throughput": hash_throughput,
    "near_duplicates": near_duplicates,
    "formats": formats,
    "pairs": pairs,
    "lineage": lineage,
    "ids_kept": ids_kept,
    "delta_calibration": delta_calibration,
    "trend_labels": trend_labels,
    "trends_sql": trends_sql,
    "tag_fdr": tag_fdr,
    "video": video,
    "gemini_faults": gemini_faults,
    "gemini_latency": gemini_latency,
    "gemini_annotations": gemini_annotations,
}


def main() -> None:
    """Run the benchmarks named on the command line, or all."""
    names = sys.argv[1:] or list(BENCHMARKS)
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        sys.exit(f"No benchmark {unknown[0]}. There are: {', '.join(BENCHMARKS)}.")
    print_figures(BENCHMARKS, names)


main()
