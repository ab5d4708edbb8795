from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse, stats

from creative_approaches.core.tags.associations import (
    Counts,
    TagAssociations,
    fisher_exact,
    odds_ratio_intervals,
    odds_ratios,
    tag_associations,
)
from creative_approaches.settings import TagFamily

TABLES = st.lists(st.tuples(*[st.integers(0, 60)] * 4), min_size=1, max_size=20)
MEMBERSHIP = np.array([0, 0, 0, 0, 1, 1, 1, 1, -1, -1])
TAGS = np.array(
    [
        # sale, video, rare
        [1, 1, 0],
        [1, 0, 0],
        [1, 1, 0],
        [1, 0, 0],
        [0, 1, 1],
        [0, 0, 0],
        [0, 1, 0],
        [0, 0, 0],
        [1, 1, 0],
        [0, 0, 0],
    ]
)


def columns(tables: Any) -> tuple[Counts, Counts, Counts, Counts]:
    a, b, c, d = np.array(tables, dtype=np.int64).T
    return a, b, c, d


def associations(
    membership: Counts = MEMBERSHIP,
    tags: Any = TAGS,
    approaches: int = 2,
    min_support: int = 1,
    max_q: float = 0.05,
    family: TagFamily = "approach",
) -> TagAssociations:
    return tag_associations(membership, sparse.csr_array(tags, dtype=bool), approaches, min_support, max_q, family)


def benjamini_hochberg(p_values: Any) -> Any:
    """By the definition of 1995: the least of p * n / rank over all ranks from this one on, at most 1."""
    order = np.argsort(p_values)
    scaled = p_values[order] * len(order) / np.arange(1, len(order) + 1)
    q_values = np.empty(len(order))
    q_values[order] = np.minimum(np.minimum.accumulate(scaled[::-1])[::-1], 1)
    return q_values


# Fisher's exact test


def test_lady_tasting_tea() -> None:
    # Fisher 1935, The Design of Experiments: 3 of 4 cups right. One-sided 17/70, two-sided 34/70.
    two_sided, greater = fisher_exact(*columns([[3, 1, 1, 3]]))
    assert two_sided == pytest.approx([34 / 70], rel=1e-13)
    assert greater == pytest.approx([17 / 70], rel=1e-13)


def test_convictions_of_twins() -> None:
    # Fisher 1935, used as the example of R's fisher.test: 10 of 12 and 2 of 15; 0.0005367 and 0.0004652.
    two_sided, greater = fisher_exact(*columns([[10, 3, 2, 15]]))
    assert two_sided[0] == pytest.approx(0.0005367, abs=5e-8)
    assert greater[0] == pytest.approx(0.0004652, abs=5e-8)


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_p_values_equal_scipy(tables: list[tuple[int, int, int, int]]) -> None:
    two_sided, greater = fisher_exact(*columns(tables))
    for table, p_two_sided, p_greater in zip(tables, two_sided, greater, strict=True):
        square = np.reshape(table, (2, 2))
        assert p_two_sided == pytest.approx(stats.fisher_exact(square).pvalue, abs=1e-10)
        assert p_greater == pytest.approx(stats.fisher_exact(square, alternative="greater").pvalue, abs=1e-10)


@pytest.mark.parametrize(
    "table", [(120, 2380, 80, 2420), (500, 4500, 400, 4600), (3, 9997, 40, 89960), (2500, 0, 2400, 100)]
)
def test_p_values_of_large_tables_keep_their_digits(table: tuple[int, int, int, int]) -> None:
    two_sided, greater = fisher_exact(*columns([table]))
    square = np.reshape(table, (2, 2))
    assert two_sided[0] == pytest.approx(stats.fisher_exact(square).pvalue, rel=1e-10)
    assert greater[0] == pytest.approx(stats.fisher_exact(square, alternative="greater").pvalue, rel=1e-10)


def test_equally_likely_tables_belong_to_the_two_sided_p() -> None:
    # By hand, of 680 ways to fill margins 3, 14 and 6, 11: 165 give a = 0, 330 a = 1, 165 a = 2, 20 a = 3.
    # a = 0 is as likely as a = 2, though floating point logarithms differ in their last digits.
    two_sided, _ = fisher_exact(*columns([[2, 1, 4, 10]]))
    assert two_sided == pytest.approx([350 / 680], rel=1e-13)


def test_mirrored_tables_of_a_large_cohort_are_equally_likely() -> None:
    # With equal rows, a = 990 and a = 1010 of 2,000 mirror each other: two-sided p is twice one-sided p.
    two_sided, greater = fisher_exact(*columns([[1010, 48_990, 990, 49_010]]))
    assert two_sided[0] == pytest.approx(2 * greater[0], rel=1e-10)


@given(TABLES)
def test_transposing_a_table_keeps_its_p_values(tables: list[tuple[int, int, int, int]]) -> None:
    a, b, c, d = columns(tables)
    for ours, transposed in zip(fisher_exact(a, b, c, d), fisher_exact(a, c, b, d), strict=True):
        assert ours == pytest.approx(transposed, rel=1e-10)


@pytest.mark.parametrize("table", [(0, 0, 0, 0), (5, 0, 7, 0), (0, 5, 0, 7), (5, 7, 0, 0)])
def test_a_table_that_could_not_be_otherwise_has_p_one(table: tuple[int, int, int, int]) -> None:
    two_sided, greater = fisher_exact(*columns([table]))
    assert (two_sided[0], greater[0]) == pytest.approx((1.0, 1.0), rel=1e-13)


def test_no_tables_have_no_p_values() -> None:
    two_sided, greater = fisher_exact(*columns(np.zeros((0, 4))))
    assert (two_sided.shape, greater.shape) == ((0,), (0,))


def test_many_tables_are_tested_as_each_alone() -> None:
    # About five million possible tables: several portions of work.
    rng = np.random.default_rng(0)
    tables = columns(rng.integers(10_000, 12_000, (250, 4)))
    together = fisher_exact(*tables)
    for i in (0, 99, 100, 249):
        alone = fisher_exact(*(cell[i : i + 1] for cell in tables))
        assert (together[0][i], together[1][i]) == pytest.approx((alone[0][0], alone[1][0]), rel=1e-11)


def test_negative_counts_are_refused() -> None:
    with pytest.raises(ValueError, match="counts must not be negative"):
        fisher_exact(*columns([[3, 1, -1, 3]]))


# Odds ratios


def test_odds_ratio_with_half_a_creative_added_to_each_cell() -> None:
    # By hand: 3.5 * 3.5 / (1.5 * 1.5).
    assert odds_ratios(*columns([[3, 1, 1, 3]])) == pytest.approx([49 / 9])


@given(TABLES)
def test_odds_ratios_are_finite_and_invert_when_rows_are_swapped(
    tables: list[tuple[int, int, int, int]],
) -> None:
    a, b, c, d = columns(tables)
    ratios = odds_ratios(a, b, c, d)
    assert np.isfinite(ratios).all()
    assert ratios * odds_ratios(c, d, a, b) == pytest.approx(np.ones(len(tables)))


def test_interval_of_an_odds_ratio_by_another_program() -> None:
    # Gart.CI(2, 14, 1, 11) of the R package ORCI 1.1, from its manual.
    low, high = odds_ratio_intervals(*columns([[2, 12, 1, 10]]))
    assert (low[0], high[0]) == pytest.approx((0.157595, 12.436944), abs=5e-7)


@given(TABLES)
def test_intervals_hold_their_odds_ratio_and_invert_when_rows_are_swapped(
    tables: list[tuple[int, int, int, int]],
) -> None:
    a, b, c, d = columns(tables)
    ratios, (low, high) = odds_ratios(a, b, c, d), odds_ratio_intervals(a, b, c, d)
    swapped_low, swapped_high = odds_ratio_intervals(c, d, a, b)
    assert np.isfinite(high).all()
    assert ((low > 0) & (low < ratios) & (ratios < high)).all()
    assert low * swapped_high == pytest.approx(np.ones(len(tables)))
    assert high * swapped_low == pytest.approx(np.ones(len(tables)))


def test_intervals_of_large_tables_near_woolf_s_of_scipy() -> None:
    tables = np.random.default_rng(0).integers(20_000, 90_000, (20, 4))
    for table, low, high in zip(tables, *odds_ratio_intervals(*columns(tables)), strict=True):
        woolf = stats.contingency.odds_ratio(table.reshape(2, 2), kind="sample").confidence_interval()
        assert (low, high) == pytest.approx((woolf.low, woolf.high), rel=1e-4)


@pytest.mark.parametrize(("inside", "outside"), [(0.1, 0.1), (0.3, 0.1), (0.5, 0.2), (0.2, 0.4)])
def test_intervals_hold_the_true_odds_ratio_in_95_percent_of_samples(inside: float, outside: float) -> None:
    # Every outcome of 15 members and 60 others, with its probability.
    carriers, others = (cell.reshape(-1) for cell in np.meshgrid(np.arange(16), np.arange(61)))
    chances = stats.binom.pmf(carriers, 15, inside) * stats.binom.pmf(others, 60, outside)
    low, high = odds_ratio_intervals(carriers, 15 - carriers, others, 60 - others)
    truth = inside / (1 - inside) / (outside / (1 - outside))
    assert 0.95 <= chances[(low <= truth) & (truth <= high)].sum() < 0.99


# Tags of approaches


def test_an_approach_is_compared_with_everyone_else_outliers_included() -> None:
    found = associations()
    assert found.approach.tolist() == [0, 0, 0, 1, 1, 1]
    assert found.tag.tolist() == [0, 1, 2, 0, 1, 2]
    assert found.with_tag_inside.tolist() == [4, 2, 0, 0, 2, 1]
    assert found.without_tag_inside.tolist() == [0, 2, 4, 4, 2, 3]
    assert found.with_tag_outside.tolist() == [1, 3, 1, 5, 3, 0]
    assert found.without_tag_outside.tolist() == [5, 3, 5, 1, 3, 6]


def test_a_row_carries_the_statistics_of_its_table() -> None:
    # By hand for `sale` in approach 0, table [[4, 0], [1, 5]]: (C(5,4) + C(5,0)) / C(10,4) = 10/210.
    found = associations()
    assert found.p_value[0] == pytest.approx(10 / 210)
    assert found.odds_ratio[0] == pytest.approx(4.5 * 5.5 / (0.5 * 1.5))
    error = 1.959964 * np.sqrt(1 / 4.5 + 1 / 0.5 + 1 / 1.5 + 1 / 5.5)
    assert np.log(found.odds_ratio_low[0]) == pytest.approx(np.log(33) - error)
    assert np.log(found.odds_ratio_high[0]) == pytest.approx(np.log(33) + error)


def test_the_one_sided_p_is_that_of_more_carriers_inside() -> None:
    # By hand: `sale` in approach 0 as above, C(5,4) / C(10,4); in approach 1, [[0, 4], [5, 1]], no table has less.
    found = associations()
    assert found.p_value_greater[found.tag == 0] == pytest.approx([5 / 210, 1.0])


def test_the_direction_is_that_of_the_shares_of_carriers() -> None:
    # Shares by hand: sale 4/4 and 1/6, then 0/4 and 5/6; video 2/4 and 3/6 twice; rare 0/4 and 1/6, then 1/4 and 0/6.
    assert associations().direction.tolist() == ["over", "even", "under", "under", "even", "over"]


def test_an_approach_of_one_creative_without_the_tag_is_not_over_it() -> None:
    # The halves that the odds ratio adds make it 0.5 * 98.5 / (1.5 * 1.5) = 21.9.
    membership = np.r_[0, np.full(99, -1)]
    found = associations(membership, np.eye(100, dtype=bool)[:, [50]], approaches=1)
    assert found.odds_ratio[0] > 1
    assert found.direction.tolist() == ["under"]


def test_q_values_are_adjusted_within_the_approach() -> None:
    # By hand, p of approach 0: 10/210, 1, 1. Benjamini-Hochberg of three: 3 * 10/210, 1, 1.
    found = associations()
    assert found.p_value[:3] == pytest.approx([10 / 210, 1.0, 1.0])
    assert found.q_value[:3] == pytest.approx([30 / 210, 1.0, 1.0])


def test_q_values_follow_benjamini_and_hochberg() -> None:
    rng = np.random.default_rng(7)
    membership = rng.integers(-1, 4, 300)
    tags = rng.random((300, 25)) < np.where(membership[:, None] == 2, 0.3, 0.15)
    found = associations(membership, tags, approaches=4)
    for approach in range(4):
        rows = found.approach == approach
        assert found.q_value[rows] == pytest.approx(benjamini_hochberg(found.p_value[rows]))


def test_q_values_of_the_family_of_a_cohort_are_adjusted_over_all_its_approaches() -> None:
    # By hand, p of both approaches: 10/210, 1, 1 and 10/210, 1, 4/10. Of six: 6/2 * 10/210 twice, 6/3 * 4/10, then 1.
    found = associations(family="cohort")
    assert found.p_value == pytest.approx([10 / 210, 1, 1, 10 / 210, 1, 0.4])
    assert found.q_value == pytest.approx([30 / 210, 1, 1, 30 / 210, 1, 0.8])
    assert found.q_value == pytest.approx(benjamini_hochberg(found.p_value))


def test_only_a_tag_that_is_more_common_inside_discriminates() -> None:
    # 20 of 20 inside and 0 of 20 outside, and the reverse: equally significant.
    membership = np.repeat([0, -1], 20)
    found = associations(membership, np.c_[membership == 0, membership == -1], approaches=1)
    assert found.q_value[0] == found.q_value[1] < 1e-9
    assert found.is_discriminating.tolist() == [True, False]


def test_a_tag_discriminates_up_to_the_largest_q() -> None:
    q_value = associations().q_value[0]
    assert associations(max_q=q_value).is_discriminating.tolist() == [True] + [False] * 5
    assert not associations(max_q=q_value - 1e-9).is_discriminating.any()


def test_tags_below_the_support_of_the_cohort_are_not_tested() -> None:
    found = associations(min_support=5)
    assert found.tag.tolist() == [0, 1, 0, 1]
    assert found.q_value[0] == pytest.approx(20 / 210), "an untested tag does not count as a test"


def test_p_values_do_not_depend_on_the_order_of_tags_and_creatives() -> None:
    rng = np.random.default_rng(1)
    membership = rng.integers(-1, 3, 80)
    tags = rng.random((80, 12)) < 0.3
    rows, order = rng.permutation(80), rng.permutation(12)
    ours = associations(membership, tags, approaches=3)
    shuffled = associations(membership[rows], tags[rows][:, order], approaches=3)
    back = np.argsort(order)
    for name in ("p_value", "q_value", "odds_ratio", "odds_ratio_low", "direction", "with_tag_inside"):
        assert np.array_equal(getattr(ours, name).reshape(3, 12), getattr(shuffled, name).reshape(3, 12)[:, back])


def test_a_tag_given_twice_counts_once() -> None:
    once = sparse.csr_array(TAGS, dtype=bool)
    entries = (np.repeat(once.data, 2), np.repeat(once.indices, 2), once.indptr * 2)
    doubled = sparse.csr_array(entries, shape=TAGS.shape)
    assert doubled.nnz == 2 * once.nnz
    found = tag_associations(MEMBERSHIP, doubled, 2, 1, 0.05)
    assert found.with_tag_inside.tolist() == associations().with_tag_inside.tolist()
    assert found.p_value.tolist() == associations().p_value.tolist()


def test_no_supported_tag_gives_no_rows() -> None:
    found = associations(min_support=11)
    assert [len(column) for column in vars(found).values()] == [0] * 14


@pytest.mark.parametrize("membership", [MEMBERSHIP[:-1], MEMBERSHIP.reshape(2, 5)])
def test_memberships_must_match_the_tags(membership: Counts) -> None:
    with pytest.raises(ValueError, match="10 rows of tags do not match"):
        associations(membership)


@pytest.mark.parametrize("stranger", [-2, 2])
def test_a_creative_of_an_unknown_approach_is_refused(stranger: int) -> None:
    with pytest.raises(ValueError, match="between -1 and 1"):
        associations(np.r_[MEMBERSHIP[:-1], stranger])
