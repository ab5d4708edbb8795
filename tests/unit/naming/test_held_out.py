"""Approaches by writers who never saw the taxonomy are told by traits that are theirs."""

from itertools import groupby
from typing import Final

import pytest

from annotator_training.corpus import HELD_OUT, read_corpus, read_taxonomy
from creative_approaches.adapters.annotators.offline import OfflineAnnotator
from creative_approaches.adapters.annotators.port import Content
from creative_approaches.core.naming.by_traits import heads
from creative_approaches.core.naming.typical_traits import typical_traits
from creative_approaches.core.spending import Spending
from creative_approaches.settings import Settings

# The values that say what the writers' own words for their approaches mean, by those words.
MEANT: Final = {
    "authority certificate expert": ["expert_vouch", "experts_vouch", "expert_nod"],
    "authority certificate expert financing": ["press_acclaim_plus_instalments"],
    "authority expert guarantee": ["expert_with_guarantee"],
    "testimonial customer quote review": ["customer_story", "customer_relief_story", "customer_quote"],
    "humour amusement": ["humor", "self_mocking_humour", "deadpan_humour", "wordplay"],
    "urgency deadline countdown limited_quantity": ["ticking_clock"],
    "urgency deadline discount percent_off amount_off": ["deadline_discount"],
    "novelty deadline urgency news announcement": ["launch_with_deadline", "launch_plus_early_perk"],
    "social_proof user_count rating": ["social_proof_with_offer"],
    "social_proof user_count rating free_trial": ["crowd_free_trial", "crowd_plus_free_trial"],
    "social_proof user_count rating free_trial free_gift": ["crowd_plus_freebie"],
    "problem_solution problem relief guarantee risk_reversal": ["pain_guarantee", "pain_plus_guarantee"],
    "aspiration calm desire": ["sensory_daydream"],
    "aspiration calm joy nostalgia story": ["tender_moment"],
    "feature_demo demonstration steps": ["how_it_works"],
    "feature_demo demonstration steps curiosity founder_story": ["behind_the_scenes"],
    "feature_demo demonstration statistic comparison": ["open_books"],
    "feature_demo list statistic": ["spec_sheet"],
    "question question_answer": ["provocative_question"],
    "question question_answer free_gift": ["quiz_plus_gift"],
    "comparison versus": ["side_by_side_comparison"],
    "education expert bold_claim comparison": ["myth_busting"],
    "identity audience pride": ["identity_call"],
    "founder_story founder": ["founder_story"],
    "discount fixed_price": ["plain_price_claim"],
    "fear": ["cost_of_waiting", "cost_of_inaction"],
}
VALUES: Final = {approach: values.split() for values, approaches in MEANT.items() for approach in approaches}


@pytest.fixture(scope="module")
def told() -> list[tuple[str, str | None]]:
    """Each approach of each set, with the value that tells most of it."""
    taxonomy = OfflineAnnotator.known(read_taxonomy())
    annotator = OfflineAnnotator.open(Settings.of({}).annotate, taxonomy, Spending(None, None, None), None)
    found = []
    for writer, group in groupby(read_corpus(HELD_OUT), key=lambda ad: ad.writer):
        ads = list(group)
        read = annotator.annotate([Content(ad.headline, ad.description) for ad in ads]).probabilities
        approaches = [ad.traits["approach"] for ad in ads]
        cohort = {name: read[[one == name for one in approaches]] for name in sorted(set(approaches))}
        assert len(cohort) == 8, writer
        for name, traits in typical_traits(cohort, taxonomy).items():
            best = next(iter(heads(traits)), None)
            found.append((name, best.value.name if best else None))
    return found


def test_most_approaches_are_told_by_a_trait_that_is_theirs(told: list[tuple[str, str | None]]) -> None:
    assert len(told) == 56
    assert sum(value in VALUES[name] for name, value in told) >= 46


def test_hardly_one_is_told_by_another_trait(told: list[tuple[str, str | None]]) -> None:
    assert sum(value is not None and value not in VALUES[name] for name, value in told) <= 2
