from collections import Counter
from itertools import combinations

import pytest

from annotator_training.corpus import CORPUS, HELD_OUT, Ad, read_corpus, read_taxonomy
from tests.support.paths import REPOSITORY

ATTRIBUTES = {
    attribute.name: [value.name for value in attribute.values]
    for attribute in read_taxonomy().of_medium("text").attributes
}


@pytest.fixture(scope="module")
def corpus() -> list[Ad]:
    return read_corpus()


def test_every_label_is_a_value_of_the_taxonomy(corpus: list[Ad]) -> None:
    labels = {(name, value) for ad in corpus for name, value in ad.traits.items()}
    assert labels == {(name, value) for name, values in ATTRIBUTES.items() for value in values}


@pytest.mark.parametrize("attribute", ATTRIBUTES)
def test_every_value_is_written_in_many_industries(corpus: list[Ad], attribute: str) -> None:
    pairs = {(ad.traits[attribute], ad.industry) for ad in corpus}
    industries = Counter(value for value, _ in pairs)
    assert min(industries[value] for value in ATTRIBUTES[attribute]) >= 20


def test_what_is_sold_does_not_tell_what_an_ad_does(corpus: list[Ad]) -> None:
    """No brand has more than a quarter of its ads of one persuasion value."""
    brands = Counter((ad.writer, ad.brand) for ad in corpus)
    values = Counter((ad.writer, ad.brand, ad.traits["persuasion"]) for ad in corpus)
    assert all(ads <= brands[writer, brand] / 4 for (writer, brand, _), ads in values.items())
    assert min(brands.values()) >= 12


def test_the_corpus_speaks_many_languages_of_many_industries(corpus: list[Ad]) -> None:
    languages = Counter(ad.language for ad in corpus)
    assert len([language for language, ads in languages.items() if ads >= 100]) >= 10
    assert len({ad.industry for ad in corpus}) >= 40


def test_values_that_mostly_go_together_are_one_idea(corpus: list[Ad]) -> None:
    """A name has two traits of different ideas: "Testimonial with a customer's experience" says one thing twice."""
    ideas = {
        (attribute.name, value.name): value.ideas
        for attribute in read_taxonomy().attributes
        for value in attribute.values
    }
    alone = Counter(trait for ad in corpus for trait in ad.traits.items())
    together = Counter(pair for ad in corpus for pair in combinations(ad.traits.items(), 2))
    bound = {
        (one, other)
        for (one, other), number in together.items()
        if number >= 0.7 * max(alone[one], alone[other]) and "plain" not in ideas[one] | ideas[other]
    }
    assert (("persuasion", "testimonial"), ("proof", "customer")) in bound
    assert {pair for pair in bound if ideas[pair[0]].isdisjoint(ideas[pair[1]])} == set()


def test_no_ad_stands_there_twice_nor_in_what_judges(corpus: list[Ad]) -> None:
    texts = Counter((ad.headline, ad.description) for ad in corpus)
    assert texts.most_common(1)[0][1] == 1
    held_out = {(ad.headline, ad.description) for ad in read_corpus(HELD_OUT)}
    assert len(held_out) > 400
    assert held_out.isdisjoint(texts)


def test_no_file_is_too_large_for_the_repository() -> None:
    files = [path for folder in (CORPUS, HELD_OUT) for path in folder.iterdir()]
    assert max(path.stat().st_size for path in files) < 1_000_000
    assert {path.suffix for path in files} == {".csv"}
    assert all(path.is_relative_to(REPOSITORY) for path in files)
