"""What an approach may be called beside its siblings."""

from creative_approaches.core.naming.approach_name import first_free


def test_a_number_fits_into_the_length_of_a_name() -> None:
    name = first_free(["x" * 60], {"X" * 60})
    assert name == "x" * 58 + " 2"
