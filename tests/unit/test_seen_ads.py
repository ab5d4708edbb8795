"""The ads by which readers are judged: what they sell says nothing of how they persuade, and no word gives it away."""

import io
import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from annotator_training.corpus import read_taxonomy
from tests.support.seen_ads import record as recording
from tests.support.seen_ads.ads import SeenAd, ads
from tests.support.seen_ads.injections import injected_ads
from tests.support.seen_ads.pictures.draw import draw_ad
from tests.support.seen_ads.record import fingerprint, read_answers, record
from tests.support.seen_ads.write import numbered_ads, write_ads

DAY = date(2026, 12, 1)


def test_each_approach_is_there_once_for_each_product() -> None:
    pairs = Counter((ad.approach, ad.product) for ad in ads())
    assert (len(pairs), set(pairs.values())) == (60, {1})
    assert (len({ad.approach for ad in ads()}), len({ad.product for ad in ads()})) == (6, 10)
    assert len({ad.key for ad in ads()}) == len({(ad.headline, ad.description) for ad in ads()}) == 60
    languages = Counter(ad.language for ad in ads())
    assert (languages["en"], languages["de"] + languages["es"]) == (52, 8)


def test_no_text_holds_a_label_of_the_taxonomy() -> None:
    labels = [value.label for attribute in read_taxonomy().attributes for value in attribute.values]
    label = re.compile(rf"\b({'|'.join(map(re.escape, labels))})\b", re.IGNORECASE)
    assert [(ad.key, found[0]) for ad in ads() if (found := label.search(f"{ad.headline} {ad.description}"))] == []


def test_no_words_are_repeated_among_the_ads_of_an_approach() -> None:
    phrases = Counter(
        (ad.approach, phrase)
        for ad in ads()
        for phrase in {" ".join(three) for three in _threes(f"{ad.headline} {ad.description}".casefold())}
    )
    assert [phrase for phrase, count in phrases.items() if count > 2] == []


def test_all_is_the_same_when_drawn_again() -> None:
    assert ads.__wrapped__() == ads()


def test_pictures_differ_even_where_they_show_the_same_product() -> None:
    shown = []
    for ad in ads():
        with Image.open(io.BytesIO(ad.picture)) as picture:
            assert (picture.format, picture.size) == ("PNG", (800, 800))
            shown.append(np.asarray(picture.convert("L").resize((64, 64)), dtype=float))
    apart = [np.abs(one - other).mean() for place, one in enumerate(shown) for other in shown[:place]]
    assert min(apart) > 3


def test_letters_that_the_font_lacks_are_not_painted() -> None:
    with pytest.raises(ValueError, match="Only ASCII"):
        draw_ad("bank", "meme", ["M\u00e4rz", "April"])


def test_orders_are_hidden_in_texts_and_in_pictures() -> None:
    kinds: dict[str, list[SeenAd]] = {"text": [], "painted": []}
    for ad in injected_ads():
        kinds[ad.key.split("-")[0]].append(ad)
    assert (len(kinds["text"]) >= 40, len(kinds["painted"]) >= 12) == (True, True)
    texts, pictures = {(ad.headline, ad.description) for ad in ads()}, {ad.picture for ad in ads()}
    assert texts.isdisjoint((ad.headline, ad.description) for ad in kinds["text"])
    assert pictures.isdisjoint(ad.picture for ad in kinds["painted"])
    assert len({fingerprint(ad) for ad in injected_ads()}) == len(injected_ads())


def test_what_readers_get_tells_no_approach(tmp_path: Path) -> None:
    write_ads(tmp_path)
    names = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    files = ("text.json", "picture.png", "question.txt", "fields.json")
    assert names == {f"{number:02}/{file}" for number in range(60) for file in files}
    assert set(json.loads((tmp_path / "00" / "text.json").read_text())) == {"headline", "description"}
    order = [ad.approach for ad in numbered_ads().values()]
    assert sum(one == other for one, other in pairwise(order)) < 20  # 54 where they are in their own order


def test_recorded_answers_are_those_of_the_ads_that_were_read(tmp_path: Path) -> None:
    fixture = _recorded(tmp_path)
    assert read_answers(fixture) == {ad.key: {"hook": f"value {number}"} for number, ad in numbered_ads().items()}
    head = json.loads(fixture.read_text())
    assert head["written"] == "2026-12-01"
    assert "No service was asked" in head["note"]


def test_answers_to_an_ad_that_has_changed_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fixture = _recorded(tmp_path)
    changed = (replace(ads()[0], headline="Another one"), replace(ads()[1], picture=ads()[2].picture), *ads()[2:])
    assert fingerprint(changed[1]) != fingerprint(ads()[1])
    monkeypatch.setattr(recording, "ads", lambda: changed)
    with pytest.raises(ValueError, match=f"{ads()[0].key}, {ads()[1].key}$"):
        read_answers(fixture)


@pytest.mark.parametrize("answer", [None, "I think that it is a joke.", "[1]"], ids=["none", "no_json", "no_object"])
def test_nothing_is_recorded_where_an_answer_is_missing(tmp_path: Path, answer: str | None) -> None:
    fixture = _recorded(tmp_path)
    before = fixture.read_text()
    (tmp_path / "07.json").unlink() if answer is None else (tmp_path / "07.json").write_text(answer)
    with pytest.raises(ValueError, match=r"to: 07$"):
        record(tmp_path, DAY, fixture)
    assert fixture.read_text() == before


def _recorded(folder: Path) -> Path:
    for number in numbered_ads():
        (folder / f"{number}.json").write_text(json.dumps({"hook": f"value {number}"}))
    fixture = folder / "answers" / "answers.json"
    fixture.parent.mkdir()
    record(folder, DAY, fixture)
    return fixture


def _threes(text: str) -> list[tuple[str, str, str]]:
    words = re.findall(r"\w+", text)
    return list(zip(words, words[1:], words[2:], strict=False))
