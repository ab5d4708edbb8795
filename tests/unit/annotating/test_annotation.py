import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from annotator_training.corpus import read_taxonomy
from creative_approaches.core.annotating.annotation import Reader, read, rounded, traits_of, written
from creative_approaches.core.annotating.taxonomy import Taxonomy
from creative_approaches.core.annotating.trait_space import trait_vectors

TAXONOMY = read_taxonomy().of_medium("text")
SMALL = Taxonomy.of(
    {"attribute": attribute, "value": value, "medium": "text", "label": value}
    for attribute, values in {"hook": ("claim", "question"), "offer": ("bundle", "none", "trial")}.items()
    for value in values
)


def test_the_likeliest_value_is_said_and_what_is_unclear_is_left_out() -> None:
    probabilities = np.array([[0.1, 0.9, 0.3, 0.39, 0.31], [0.5, 0.5, 0.0, 0.0, 1.0], [0.6, 0.4, 0.45, 0.45, 0.1]])
    assert list(traits_of(probabilities, SMALL)) == [
        {"hook": "question"},
        {"offer": "trial"},  # where all values are equally likely, the reader does not know
        {"hook": "claim", "offer": "bundle"},  # of equally likely values the first
    ]


@given(st.dictionaries(st.sampled_from("abc"), st.sampled_from(["x", "y_1"])))
def test_what_was_written_is_read_again(traits: dict[str, str]) -> None:
    assert read(written(traits)) == traits


def test_probabilities_are_kept_to_four_decimals() -> None:
    assert rounded(np.array([0.12345, 0.99999, 1e-9])).tolist() == [0.1234, 1.0, 0.0]


def test_a_reader_is_named_with_its_backend_where_that_says_more() -> None:
    assert str(Reader("offline", "traits-1", "offline")) == "traits-1"
    assert str(Reader("gemini", "flash", "gemini-vertex")) == "flash (gemini, gemini-vertex)"


def test_vectors_of_traits_have_unit_length_and_are_near_where_traits_agree() -> None:
    random = np.random.default_rng(1)
    probabilities = np.hstack(
        [random.dirichlet(np.full(len(attribute.values), 0.1), 3) for attribute in TAXONOMY.attributes]
    )
    place = {attribute.name: place for attribute, place in TAXONOMY.columns()}["persuasion"]
    probabilities[:2, place] = 0
    probabilities[:2, place.start] = 1
    probabilities[2, place] = 0
    probabilities[2, place.start + 1] = 1
    vectors = trait_vectors(probabilities, TAXONOMY)
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1)
    same, other = vectors[0] @ vectors[1], vectors[0] @ vectors[2]
    assert same > other
