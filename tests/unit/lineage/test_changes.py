"""Where an approach begins, splits, merges or ends."""

import pytest

from tests.support.worlds.made_histories import first_id, kinds, of_week, trace


def test_only_the_larger_half_of_a_split_keeps_the_id() -> None:
    """Both halves pass the threshold, with overlaps of 0.6 and 0.4; the smaller one comes first by number."""
    lineage = trace(["abcdefghij"], ["abcd", "efghij"])
    old, half = first_id(0, "abcdefghij"), first_id(1, "abcd")
    week = of_week(lineage, 1)
    assert (week[old].status, week[old].cluster) == ("ACTIVE", 1)
    assert (week[half].status, week[half].cluster) == ("NEW", 0)
    assert kinds(lineage, 1) == {("continued", old, old), ("split", old, half)}
    (split,) = (e for e in lineage.events if e.kind == "split")
    assert (split.shared_creatives, split.from_share, split.to_share) == (4, 0.4, 1.0)


def test_an_approach_that_ends_in_another_is_merged() -> None:
    lineage = trace(["abcdef", "uvw"], ["abcdefuvw"])
    big, small = first_id(0, "abcdef"), first_id(0, "uvw")
    assert kinds(lineage, 1) == {("continued", big, big), ("merged", small, big)}
    assert of_week(lineage, 1)[small].status == "INACTIVE"
    (merged,) = (e for e in lineage.events if e.kind == "merged")
    assert (merged.shared_creatives, merged.from_share, merged.to_share) == (3, 1.0, 3 / 9)


def test_three_equal_approaches_merge_into_a_new_one() -> None:
    """No overlap reaches 0.40, and no source holds half of the new cluster's members."""
    lineage = trace(["abc", "def", "ghi"], ["abcdefghi"])
    new = first_id(1, "abcdefghi")
    sources = [first_id(0, letters) for letters in ("abc", "def", "ghi")]
    assert kinds(lineage, 1) == {("merged", source, new) for source in sources} | {("new", None, new)}


def test_a_pair_is_a_split_or_a_merge_never_both() -> None:
    """Most of `abcdef` moves on among many new creatives: overlap 4 of 14. It ends, and its heir is split."""
    lineage = trace(["abcdef"], ["abcdqrstuvwx"])
    old, heir = first_id(0, "abcdef"), first_id(1, "abcdqrstuvwx")
    assert kinds(lineage, 1) == {("split", old, heir), ("inactive", old, None)}


@pytest.mark.parametrize(
    ("heir", "is_split"),
    [("abuvwxyz", True), ("abmnuvwxyz", True), ("abmnouvwxyz", False), ("auvwxyz", False)],
)
def test_a_split_needs_two_members_and_half_of_those_present_before(heir: str, is_split: bool) -> None:
    """The heir takes 2 of 2, 2 of 4, 2 of 5, 1 of 1 members that the week before had clustered."""
    lineage = trace(["abcdefgh", "mnopqrst"], ["cdefgh", "pqrst", heir])
    assert (("split", first_id(0, "abcdefgh"), first_id(1, heir)) in kinds(lineage, 1)) is is_split


@pytest.mark.parametrize(
    ("then", "now", "fate"),
    [
        ("abcd", ["uvwxyzab", "c"], "merged"),  # 2 of the 3 that are still clustered
        ("abcd", ["uvwxyzab", "cd"], "continued"),  # by "cd", with an overlap of 0.5
        ("abcd", ["uvwxyza"], "inactive"),  # one creative is no merge
        ("abcdefghij", ["uvwxyzab", "cd", "ef", "g"], "inactive"),  # 2 of 7
    ],
)
def test_a_merge_needs_an_end_two_members_and_half_of_those_still_clustered(
    then: str, now: list[str], fate: str
) -> None:
    lineage = trace([then, "uvwxyz"], now)
    source, other = first_id(0, then), first_id(0, "uvwxyz")
    targets = {"merged": other, "continued": source, "inactive": None}
    fates = {(kind, to) for kind, origin, to in kinds(lineage, 1) if origin == source and kind != "split"}
    assert fates == {(fate, targets[fate])}


def test_a_cluster_that_takes_from_an_absent_approach_is_not_split_from_it() -> None:
    lineage = trace(["abcdefgh"], ["xyz"], ["abpqrstu", "xyz"])
    assert ("new", None, first_id(2, "abpqrstu")) in kinds(lineage, 2)


def test_a_few_strangers_do_not_make_a_birth_a_split() -> None:
    """Two of twelve that stayed are in a new cluster by mistake: less than a fifth."""
    lineage = trace(["abcdefghijkl 0"], ["abcdefghij 0", "klmnopqrstuv 90"])
    assert ("new", None, first_id(1, "klmnopqrstuv")) in kinds(lineage, 1)
    lineage = trace(["abcdefghij 0"], ["abcdefgh 0", "ijklmnopqrst 90"])
    assert ("split", first_id(0, "abcdefghij"), first_id(1, "ijklmnopqrst")) in kinds(lineage, 1)
