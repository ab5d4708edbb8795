"""What SQL knows of words of pictures is what Python makes them by."""

import re

from creative_approaches.core.media.formats.local_features import VERSION, mirror_mask
from tests.support.paths import REPOSITORY


def test_the_macro_has_the_version_and_the_mask_of_the_features() -> None:
    text = (REPOSITORY / "macros/media/picture_words.sql").read_text()
    found = dict(re.findall(r"'(\w+)': (\d+)", text))
    assert (found["version"], found["mirror_mask"]) == (str(VERSION), str(mirror_mask()))
