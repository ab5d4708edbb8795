"""Ids are the same everywhere and never confuse two lists of parts."""

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creative_approaches.core.ids import NAMESPACE, content_hash, stable_id

PARTS = st.lists(st.text(max_size=5), min_size=1, max_size=4)


def test_an_id_is_the_uuid5_of_its_parts_as_json() -> None:
    """The namespace and the joining are part of every stored id: changing them orphans all lineage."""
    assert str(NAMESPACE) == str(uuid.uuid5(uuid.NAMESPACE_URL, "creative-approaches"))
    assert stable_id("approach", "a1") == str(uuid.uuid5(NAMESPACE, '["approach", "a1"]'))


def test_a_content_hash_is_the_sha256_of_its_parts_as_json() -> None:
    """Known answer from coreutils: printf '["a", "b"]' | sha256sum."""
    assert content_hash("a", "b") == "3554d2b8a1e34099053865de8576d1460b807430ec8c6b85315c9607ba93d308"


@given(PARTS, PARTS)
def test_different_parts_never_share_an_id_or_a_hash(left: list[str], right: list[str]) -> None:
    assert (stable_id(*left) == stable_id(*right)) == (left == right)
    assert (content_hash(*left) == content_hash(*right)) == (left == right)


@pytest.mark.parametrize("parts", [("a", "bc"), ("ab", "c"), ("abc",), ("abc", ""), ('a", "bc',), ("a|bc",)])
def test_shifted_borders_between_parts_change_the_id(parts: tuple[str, ...]) -> None:
    others = {("a", "bc"), ("ab", "c"), ("abc",), ("abc", ""), ('a", "bc',), ("a|bc",)} - {parts}
    assert stable_id(*parts) not in {stable_id(*other) for other in others}


@pytest.mark.parametrize("make", [stable_id, content_hash])
def test_an_id_of_nothing_is_refused(make: object) -> None:
    assert callable(make)
    with pytest.raises(ValueError, match="at least one part"):
        make()
