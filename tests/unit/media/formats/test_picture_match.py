from itertools import combinations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageOps

from creative_approaches.core.media.formats.local_features import LocalFeatures, local_features
from creative_approaches.core.media.formats.picture_match import match
from tests.support.media.scenes import VERSIONS, cropped, scene


def of(image: Image.Image) -> LocalFeatures:
    return local_features(image.convert("L"))


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("number", range(4))
def test_a_version_of_a_picture_lies_in_it(version: str, number: int) -> None:
    image = scene(number)
    found = match(of(VERSIONS[version](image)), of(image))
    assert found is not None
    assert found.points >= 12
    assert found.agreement >= 0.8


def test_different_pictures_agree_in_no_more_than_chance() -> None:
    pictures = [of(scene(number)) for number in range(16)]
    pictures += [picture.mirrored() for picture in pictures[:4]]
    found = [match(*two) for two in combinations(pictures, 2)]
    assert max(one.points for one in found if one) <= 6


def test_how_much_of_a_picture_is_in_the_other_is_said() -> None:
    image = scene(0)
    found = match(of(cropped(image, 0.4, 0.1, 0.9, 0.8)), of(image))
    assert found is not None
    assert found.share_of_first == pytest.approx(1, abs=0.03)
    assert found.share_of_second == pytest.approx(0.5 * 0.7, abs=0.03)
    assert found.shift_in_first == pytest.approx((0, 0), abs=0.02)
    assert found.shift_in_second == pytest.approx((0.15, -0.05), abs=0.02)
    assert found.scale == pytest.approx(400 / 800, abs=0.02)


def test_a_pair_is_told_both_ways() -> None:
    whole, part = of(scene(1)), of(cropped(scene(1), 0, 0, 0.7, 1))
    there, back = match(whole, part), match(part, whole)
    assert there is not None
    assert back is not None
    assert there.share_of_first == pytest.approx(back.share_of_second, abs=0.03)
    assert there.scale == pytest.approx(1 / back.scale, rel=0.03)


def test_a_mirrored_picture_matches_in_the_mirror_only() -> None:
    image = scene(2)
    mirrored = of(ImageOps.mirror(cropped(image, 0.1, 0.1, 0.9, 0.9)))
    straight, in_the_mirror = match(of(image), mirrored), match(of(image), mirrored.mirrored())
    assert in_the_mirror is not None
    assert in_the_mirror.points >= 20
    assert straight is None or straight.points <= 6


def test_another_product_in_the_same_frame_does_not_agree() -> None:
    """What two cards of a catalogue have in common is the template around the product."""
    cards = []
    for number in (3, 4):
        card = scene(5).resize((600, 600))
        card.paste(scene(number).resize((520, 440)), (40, 40))
        ImageDraw.Draw(card).text((60, 520), "NORTHWIND  AUTUMN  SALE", font_size=40, fill="white")
        cards.append(of(card))
    found = match(*cards)
    assert found is None or found.agreement < 0.5


def test_pictures_without_points_have_no_match() -> None:
    flat = of(Image.new("L", (300, 300), 90))
    assert match(flat, flat) is None
    assert match(flat, of(scene(0))) is None


def test_matches_are_the_same_however_often_they_are_looked_for() -> None:
    whole, part = of(scene(3)), of(cropped(scene(3), 0.2, 0, 1, 0.9))
    assert len({match(whole, part) for _ in range(5)}) == 1


def test_points_that_all_lie_on_one_place_make_no_match() -> None:
    found = of(scene(0))
    points = np.zeros_like(found.points)
    collapsed = LocalFeatures(found.area, found.width, found.height, points, found.descriptors, found.grey)
    assert match(found, collapsed) is None
