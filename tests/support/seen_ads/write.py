"""Write the ads for readers who are asked about one at a time.

python -m tests.support.seen_ads.write FOLDER

Each gets a folder with a number for a name: text.json and picture.png are the ad, question.txt what Gemini is asked of
it, and fields.json the schema of the answer. Neither the numbers nor the names say what an ad does.
"""

import json
import random
import sys
from pathlib import Path
from typing import Final

from annotator_training.corpus import read_taxonomy
from creative_approaches.core.annotating.prompt import answer_schema, write_prompt
from creative_approaches.core.annotating.reading import read_ad
from tests.support.seen_ads.ads import SeenAd, ads

_SEED: Final = 20


def numbered_ads() -> dict[str, SeenAd]:
    """The ads by their numbers, "00" to "59", in an order that tells nothing of them."""
    shuffled = list(ads())
    random.Random(_SEED).shuffle(shuffled)
    return {f"{number:02}": ad for number, ad in enumerate(shuffled)}


def write_ads(folder: Path) -> None:
    """Write all of them. Files that are there already are written over."""
    taxonomy = read_taxonomy()
    fields = json.dumps(answer_schema(taxonomy), indent=1)
    for number, ad in numbered_ads().items():
        of_ad = folder / number
        of_ad.mkdir(parents=True, exist_ok=True)
        prompt = write_prompt(read_ad(ad.headline, ad.description), taxonomy, [None])
        text = json.dumps({"headline": ad.headline, "description": ad.description}, ensure_ascii=False, indent=1)
        (of_ad / "text.json").write_text(text, encoding="utf-8")
        (of_ad / "picture.png").write_bytes(ad.picture)
        (of_ad / "question.txt").write_text(f"{prompt.system}\n\n{prompt.user}\n", encoding="utf-8")
        (of_ad / "fields.json").write_text(fields, encoding="utf-8")


if __name__ == "__main__":
    write_ads(Path(sys.argv[1]))
