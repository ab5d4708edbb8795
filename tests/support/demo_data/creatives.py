"""Write the creatives of an account: texts, tags, formats, files and the weeks they run."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

import numpy as np

from tests.support.demo_data.account import WEEKS, Account, Variant, monday
from tests.support.demo_data.copy_translated import TRANSLATED
from tests.support.demo_data.pictures import FLAT, files_of

COLUMNS = (
    "creative_id",
    "platform",
    "account_id",
    "campaign_id",
    "creative_name",
    "headline",
    "description",
    "tags",
    "format",
    "placement",
    "image_uri",
    "video_uri",
    "created_at",
    "updated_at",
)
CLOSING_SHARE = 0.85
NOISE_TAG_SHARE = 0.12
FLAT_SHARE = 0.02


@dataclass
class Creative:
    """A creative and the truth about it: its account, its variant (none: no text) and its weeks."""

    row: dict[str, str]
    account: Account
    variant: Variant | None
    weeks: tuple[int, ...]

    @property
    def creative_id(self) -> str:
        return self.row["creative_id"]


def write_creatives(account: Account, rng: np.random.Generator) -> list[Creative]:
    """All creatives of the approaches of an account, in the order in which they start."""
    drafts: list[tuple[int, Variant, tuple[int, ...], str, str]] = []
    for variant in account.variants:
        runs = _runs(variant, rng)
        pairs = _pairs(variant, account, len(runs), rng)
        drafts += [
            (runs[i][0], variant, runs[i], headline, description) for i, (headline, description) in enumerate(pairs)
        ]
    drafts.sort(key=lambda draft: draft[0])
    creatives = []
    for number, (_, variant, weeks, headline, description) in enumerate(drafts):
        row = _row(account, variant, weeks, number, rng)
        row["headline"], row["description"] = headline, description
        creatives.append(Creative(row, account, variant, weeks))
    return creatives


def pick(choices: tuple[tuple[str, float], ...], rng: np.random.Generator) -> str:
    """One of (value, probability)."""
    return choices[int(rng.choice(len(choices), p=[share for _, share in choices]))][0]


def timestamp(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S")


def _runs(variant: Variant, rng: np.random.Generator) -> list[tuple[int, ...]]:
    """Weeks of each creative of a variant. Creatives survive a gap; otherwise some leave every week."""
    weeks_of: list[list[int]] = []
    active: list[int] = []
    started = False
    for week in range(WEEKS):
        wanted = variant.counts[week]
        if wanted == 0:
            continue
        resumed = variant.counts[week - 1] == 0
        leaving = max(0, len(active) - wanted)
        if started and not resumed and week != variant.quiet:
            leaving = max(leaving, int(variant.turnover * len(active) + rng.random()))
        gone = set(rng.permutation(len(active))[:leaving].tolist())
        active = [creative for place, creative in enumerate(active) if place not in gone]
        while len(active) < wanted:
            active.append(len(weeks_of))
            weeks_of.append([])
        for creative in active:
            weeks_of[creative].append(week)
        started = True
    return [tuple(weeks) for weeks in weeks_of]


def _pairs(variant: Variant, account: Account, count: int, rng: np.random.Generator) -> list[tuple[str, str]]:
    """Headline and description of each creative; no pair twice. Translations come in between."""
    translations = TRANSLATED.get(variant.name, ())
    places = {5 + 11 * i: pair for i, pair in enumerate(translations)}
    pairs: list[tuple[str, str]] = []
    seen: set[tuple[str, str]] = set()
    headlines: list[str] = []
    descriptions: list[str] = []
    while len(pairs) < count:
        if len(pairs) in places:
            pairs.append(places[len(pairs)])
            continue
        headlines = headlines or rng.permutation(np.array(variant.copy.headlines)).tolist()
        descriptions = descriptions or rng.permutation(np.array(variant.copy.descriptions)).tolist()
        pair = (headlines.pop(), descriptions.pop())
        if pair in seen:
            continue
        seen.add(pair)
        product = account.products[int(rng.integers(len(account.products)))]
        closing = variant.copy.closings[int(rng.integers(len(variant.copy.closings)))]
        description = _close(pair[1], closing) if rng.random() < CLOSING_SHARE else pair[1]
        pairs.append((_fill(pair[0], product), description))
    return pairs


def _close(description: str, closing: str) -> str:
    """Description and closing line; a new sentence, unless hashtags follow."""
    unfinished = description[-1].isalnum() and not closing.startswith("#")
    return f"{description}{'.' if unfinished else ''} {closing}"


def _fill(sentence: str, product: str) -> str:
    article = "an" if product[0] in "aeiou" else "a"
    for written, right in ((" a {p}", f" {article} {product}"), ("A {p}", f"{article.title()} {product}")):
        sentence = sentence.replace(written, right)
    filled = sentence.replace("{p}", product)
    return filled[0].upper() + filled[1:] if sentence.startswith("{p}") else filled


def _row(
    account: Account, variant: Variant, weeks: tuple[int, ...], number: int, rng: np.random.Generator
) -> dict[str, str]:
    kind = pick(account.formats, rng)
    created = datetime.combine(monday(weeks[0]), time()) - timedelta(minutes=int(rng.integers(600, 8000)))
    updated = created + timedelta(minutes=int(rng.integers(0, 500)))
    creative_id = f"{account.id_prefix}{410_000 + number * 37 + int(rng.integers(30))}"
    image_uri = _image_uri(account, variant, rng) if rng.random() < (0.3 if kind == "video" else 0.88) else ""
    return {
        "creative_id": creative_id,
        "platform": account.platform,
        "account_id": account.account_id,
        "campaign_id": account.campaigns[int(rng.integers(len(account.campaigns)))],
        "creative_name": f"{created:%Y%m}_{kind[:3]}_{number + 1:03d}",
        "headline": "",
        "description": "",
        "tags": _tags(account, variant, rng),
        "format": kind,
        "placement": pick(account.placements, rng),
        "image_uri": image_uri,
        "video_uri": f"https://cdn.example.com/v/{creative_id}.mp4" if kind == "video" else "",
        "created_at": timestamp(created),
        "updated_at": timestamp(updated),
    }


def _tags(account: Account, variant: Variant, rng: np.random.Generator) -> str:
    own = dict(variant.tags)
    others = sorted({tag for other in account.variants for tag, _ in other.tags} - set(own))
    tags = [tag for tag, share in variant.tags if rng.random() < share]
    tags += [tag for tag in others if rng.random() < 0.015]
    tags += [tag for tag in account.noise_tags if rng.random() < NOISE_TAG_SHARE]
    return ",".join(rng.permutation(np.array(tags)).tolist()) if tags else ""


def _image_uri(account: Account, variant: Variant, rng: np.random.Generator) -> str:
    if rng.random() < FLAT_SHARE:
        return f"seeds/images/{sorted(FLAT)[int(rng.integers(len(FLAT)))]}"
    pictures = variant.pictures if rng.random() < 0.5 else account.pictures
    files = files_of(pictures[int(rng.integers(len(pictures)))])
    return f"seeds/images/{files[int(rng.integers(len(files)))]}"
