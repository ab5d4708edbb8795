"""What the benchmark of approaches judges by was never learned from."""

from collections import Counter
from operator import attrgetter

from benchmarks.approach_data import corpus_cohorts, folds, held_out


def test_a_fold_learns_nothing_of_the_writers_industries_or_languages_that_it_is_judged_by() -> None:
    columns = {"writers": "writer", "industries": "industry", "languages": "language"}
    for name, learned, judged in folds():
        of = attrgetter(columns.pop(name))
        assert {of(ad) for ad in learned}.isdisjoint(of(ad) for ad in judged)
        assert min(len(learned), len(judged)) > 1_000
    assert not columns


def test_cohorts_of_a_fold_have_eight_approaches_of_fifteen_ads() -> None:
    _, _, judged = next(folds())
    for cohort in corpus_cohorts(judged, "writers"):
        assert sorted(Counter(text.approach for text in cohort.texts).values()) == [15] * 8
        assert len(set(cohort.texts)) == 120


def test_every_set_that_is_held_out_is_a_cohort() -> None:
    assert {len(cohort.texts) for cohort in held_out()} == {40, 120}
