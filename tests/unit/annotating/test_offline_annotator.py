"""The annotator that is installed with its weights."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from annotator_training.__main__ import model_version
from annotator_training.corpus import read_corpus, read_taxonomy
from creative_approaches.adapters.annotators.offline import OfflineAnnotator
from creative_approaches.adapters.annotators.port import Annotated, Content
from creative_approaches.adapters.universal_sentence_encoder import encode
from creative_approaches.core.annotating.annotation import traits_of
from creative_approaches.core.annotating.taxonomy import Taxonomy
from creative_approaches.core.spending import Spending
from creative_approaches.errors import UsageError
from creative_approaches.settings import Settings
from tests.support.paths import REPOSITORY

SETTINGS = Settings.of({}).annotate
TAXONOMY = OfflineAnnotator.known(read_taxonomy())
URGENCY = next(place for attribute, place in TAXONOMY.columns() if attribute.name == "urgency")


def annotated(*contents: Content, taxonomy: Taxonomy = TAXONOMY) -> Annotated:
    with OfflineAnnotator.open(SETTINGS, taxonomy, Spending(None, None, None), None) as annotator:
        return annotator.annotate(contents)


def test_its_weights_are_of_the_ads_and_the_code_that_are_here() -> None:
    """Else: make annotator."""
    assert OfflineAnnotator.reader(SETTINGS).model == f"traits-{model_version()}"


def test_it_says_of_ads_that_it_learned_from_what_their_writers_said() -> None:
    ads = read_corpus()[::90]
    found = annotated(*(Content(ad.headline, ad.description) for ad in ads))
    traits = list(traits_of(found.probabilities, TAXONOMY))
    agree = [
        one["persuasion"] == ad.traits["persuasion"] for ad, one in zip(ads, traits, strict=True) if "persuasion" in one
    ]
    assert np.mean(agree) > 0.8


AD = Content("Only 3 left", "Order before midnight")
ASK = """
from tests.unit.annotating.test_offline_annotator import AD, annotated
print(annotated(AD).probabilities[0].tolist())
"""


@pytest.mark.parametrize("processor", ["Nehalem", "Haswell"])  # without and with AVX2: other kernels, other sums
def test_answers_are_those_of_every_machine_but_for_one_in_the_fourth_decimal(processor: str) -> None:
    paths = os.pathsep.join([str(REPOSITORY), str(REPOSITORY / "python_jobs")])
    environment = os.environ | {"OPENBLAS_CORETYPE": processor, "PYTHONPATH": paths}
    said = subprocess.run([sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=True)
    np.testing.assert_allclose(json.loads(said.stdout), annotated(AD).probabilities[0], atol=1.01e-4)


def test_a_deadline_is_read_as_one() -> None:
    found = annotated(AD).probabilities[0, URGENCY]
    urgency = next(attribute for attribute in TAXONOMY.attributes if attribute.name == "urgency")
    assert urgency.values[int(found.argmax())].name == "deadline"
    assert found.max() > 0.9


def test_the_same_ad_has_the_same_answer_in_any_company() -> None:
    ad = Content("Half price today", "Ends at noon")
    alone = annotated(ad).probabilities[0]
    among = annotated(Content("Loved by 2 million runners", "Rated 4.8"), ad, Content("半額セール", "")).probabilities[
        1
    ]
    np.testing.assert_allclose(among, alone, atol=1e-4)


@pytest.mark.parametrize(
    ("headline", "description", "reason"),
    [
        (None, None, "no_text"),
        ("", "  ", "no_text"),
        ("🎉🎉🎉", None, "no_words"),
        ("https://example.com/sale", "", "no_words"),
        ("{{product.name}}", "{KeyWord:Shoes}", "no_words"),
        ("123 - 456", None, "no_words"),
    ],
)
def test_what_holds_no_words_is_a_fault_with_its_reason(headline: Any, description: Any, reason: str) -> None:
    found = annotated(Content("Half price", None), Content(headline, description))
    assert found.faults[1].reason == reason
    assert found.faults[1].detail
    assert np.isnan(found.probabilities[1]).all()
    assert np.isfinite(found.probabilities[0]).all()


@pytest.mark.parametrize(
    "text",
    [
        "x" * 100_000,
        "Wugtik frobel nast quinzy",
        "Sale &amp; more &lt;b&gt;",
        "Ahorra hoy, heute sparen, 今日だけ",
        "a",
    ],
)
def test_odd_texts_have_probabilities_that_add_up_to_one(text: str) -> None:
    found = annotated(Content(text, None)).probabilities[0]
    for _, place in TAXONOMY.columns():
        assert found[place].sum() == pytest.approx(1, abs=0.002)


def test_a_shorter_taxonomy_is_answered_with_its_own_values() -> None:
    urgency = next(attribute for attribute in TAXONOMY.attributes if attribute.name == "urgency")
    shorter = Taxonomy((replace(urgency, values=urgency.values[:2]),))
    found = annotated(Content("Only 3 left", None), taxonomy=OfflineAnnotator.known(shorter)).probabilities
    assert found.shape == (1, 2)
    assert found.sum() == pytest.approx(1, abs=0.001)


@pytest.mark.parametrize(
    ("attribute", "value", "named"),
    [
        ("seasonality", "summer", "attribute seasonality"),
        ("hook", "joke_of_the_day", "value joke_of_the_day of attribute hook"),
    ],
)
def test_what_it_never_learned_is_refused_by_name(attribute: str, value: str, named: str) -> None:
    row = {"attribute": attribute, "value": value, "medium": "text", "label": "New"}
    with pytest.raises(UsageError, match=named):
        OfflineAnnotator.known(Taxonomy.of([row]))


def test_it_leaves_what_only_media_show_to_others() -> None:
    assert OfflineAnnotator.known(read_taxonomy().of_medium("media")).attributes == ()


@pytest.mark.parametrize("cores", [2, 7, 40])
def test_how_texts_are_split_over_threads_changes_no_vector(cores: int, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [f"Text {number} of an ad, {'long ' * (number % 7)}enough" for number in range(25)]
    monkeypatch.setattr(os, "cpu_count", lambda: 1)
    expected = encode(texts)
    monkeypatch.setattr(os, "cpu_count", lambda: cores)
    np.testing.assert_allclose(encode(texts), expected, atol=1e-6)
