"""What readers answered about the ads, kept as a fixture.

python -m tests.support.seen_ads.record FOLDER DAY   # with NUMBER.json for each ad that `write` wrote

DAY is the one on which they wrote, as in 2026-12-01.
"""

import hashlib
import io
import json
import sys
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from PIL import Image

from annotator_training.corpus import read_taxonomy
from creative_approaches.core.annotating.prompt import VERSION
from tests.support.seen_ads.ads import SeenAd, ads
from tests.support.seen_ads.write import numbered_ads

ANSWERS: Final = Path(__file__).with_name("answers.json")
_NOTE: Final = (
    "Answers about the ads of this folder. Each was written down by a reader that saw this one ad, with the prompt and "
    "the taxonomy, and nothing else. No service was asked: they show what is made of a reader's answers, not how well "
    "Gemini reads."
)


def fingerprint(ad: SeenAd) -> str:
    """Another one where anything changes that a reader sees: a text, or a pixel of the picture."""
    with Image.open(io.BytesIO(ad.picture)) as picture:
        seen = json.dumps([ad.headline, ad.description]).encode() + picture.tobytes()
    return hashlib.sha256(seen).hexdigest()[:16]


def record(folder: Path, day: date, fixture: Path = ANSWERS) -> None:
    """Write the fixture. Raises ValueError where an answer is missing or no JSON object; then nothing is written."""
    answers, wrong = {}, []
    for number, ad in numbered_ads().items():
        answer = _object(folder / f"{number}.json")
        if answer is None:
            wrong.append(number)
        else:
            answers[ad.key] = {"ad": fingerprint(ad), "answer": answer}
    if wrong:
        raise ValueError(f"In {folder} there is no answer, or none that is a JSON object, to: {', '.join(wrong)}")
    head = {
        "note": _NOTE,
        "written": day.isoformat(),
        "prompt": VERSION,
        "taxonomy": read_taxonomy().version,
    }
    lines = [f"{json.dumps(name)}: {json.dumps(value)}" for name, value in head.items()]
    rows = ",\n".join(f"{json.dumps(key)}: {json.dumps(answers[key])}" for key in sorted(answers))
    fixture.write_text("{\n" + ",\n".join([*lines, f'"answers": {{\n{rows}\n}}']) + "\n}\n", encoding="utf-8")


def read_answers(fixture: Path = ANSWERS) -> Mapping[str, Mapping[str, Any]]:
    """The answers, by the key of the ad.

    Raises ValueError where an ad is not the one any more that its reader saw: have it read again.
    """
    recorded = json.loads(fixture.read_text(encoding="utf-8"))["answers"]
    changed = [ad.key for ad in ads() if recorded.get(ad.key, {}).get("ad") != fingerprint(ad)]
    if changed:
        raise ValueError(f"These ads have changed since they were read, or never were: {', '.join(changed)}")
    return {ad.key: recorded[ad.key]["answer"] for ad in ads()}


def _object(path: Path) -> dict[str, Any] | None:
    try:
        answer = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return None
    return answer if isinstance(answer, dict) else None


if __name__ == "__main__":
    record(Path(sys.argv[1]), date.fromisoformat(sys.argv[2]))
