"""What the jobs of media would have written about the creatives of `grown_raw`.

Pictures are near duplicates in chains of ten, of which the ends are too far from each other. A film has three cuts. All
films of an account end with one card.
"""

from typing import Final

from benchmarks.grown_raw import CUTS, FILM_EVERY, PER_ACCOUNT

KEYFRAMES: Final = 8
FLAT_EVERY: Final = 50  # pictures
OVERRIDDEN_EVERY: Final = 200  # pictures, of which one has versions set apart and is put together with the next

# 64 bits that depend on their arguments, as the signed number that the tables hold.
_MACROS: Final = """
create or replace temp macro bits(of_what, part) as (hash(of_what, part)::hugeint - 9223372036854775808)::bigint;
create or replace temp macro low_bits(number) as ((1::bigint << number::bigint) - 1);
"""


def _words(of_what: str, flips: str) -> str:
    """The fine hashes: two kinds, four words each. A version differs in some bits of each word."""
    return ", ".join(
        f"xor(bits({of_what}, '{kind} {word}'), {flips}) as fine_{kind}_{word}"
        for kind in ("dhash", "phash")
        for word in range(1, 5)
    )


# Versions of a flat picture must be nearer to each other.
_VERSION: Final = f"low_bits(case when picture % {FLAT_EVERY} = 0 then version % 2 else 4 * version end)"
_IMAGE_HASHES: Final = f"""
insert into approaches_jobs.image_hashes by name
with versions as (
    select
        image_uri,
        regexp_extract(image_uri, '([0-9]+)/[0-9]+\\.jpg', 1)::bigint as picture,
        regexp_extract(image_uri, '([0-9]+)\\.jpg', 1)::bigint as version
    from approaches_intermediate.int_images__distinct
)
select
    image_uri,
    md5(image_uri) as content_sha256,
    timestamp '2026-03-29' as checked_at,
    8 as hash_size,
    16 as fine_hash_size,
    bits(picture, 'ahash') as ahash,
    xor(bits(picture, 'dhash'), low_bits(3 * version)) as dhash,
    xor(bits(picture, 'phash'), low_bits(3 * version)) as phash,
    {_words("picture", _VERSION)},
    (hash(picture, 'red') % 256)::double as mean_red,
    (hash(picture, 'green') % 256)::double as mean_green,
    (hash(picture, 'blue') % 256)::double as mean_blue,
    case when picture % {FLAT_EVERY} = 0 then 0.05 when picture % 25 = 0 then 0.2 else 0.6 end as quality,
    case when hash(image_uri) % 100 = 0 then 'failed' else 'hashed' end as status
from versions
"""

_FILMS: Final = """
create or replace temp table films as
select
    video_uri,
    regexp_extract(video_uri, '([0-9]+)/[0-9]+\\.mp4', 1)::bigint as film,
    regexp_extract(video_uri, '([0-9]+)\\.mp4', 1)::bigint as cut
from approaches_intermediate.int_videos__distinct
"""

_VIDEO_HASHES: Final = f"""
insert into approaches_jobs.video_hashes by name
select
    video_uri,
    md5(video_uri) as content_sha256,
    timestamp '2026-03-29' as checked_at,
    {KEYFRAMES} * 2.0 as duration_seconds,
    {KEYFRAMES} as keyframes,
    'hashed' as status
from films
"""

_VIDEO_KEYFRAMES: Final = f"""
insert into approaches_jobs.video_keyframes by name
with frames as (
    select
        *,
        case
            when keyframe = {KEYFRAMES - 1} then 'card of ' || film * {FILM_EVERY * CUTS} // {PER_ACCOUNT}
            else film || ' at ' || keyframe
        end as scene
    from films
    cross join range({KEYFRAMES}) as frames (keyframe)
)
select
    video_uri,
    keyframe,
    keyframe * 2.0 as starts_at,
    2.0 as seconds,
    8 as hash_size,
    16 as fine_hash_size,
    bits(scene, 'dhash') as dhash,
    xor(bits(scene, 'phash'), low_bits(2 * cut)) as phash,
    {_words("scene", "low_bits(4 * cut)")},
    0.6 as quality
from frames
"""

_THUMBNAILS: Final = """
insert into approaches_jobs.media_thumbnails by name
select content_sha256, 'image' as media_type, 160 as width, 90 as height, 'as a file'::blob as webp
from approaches_jobs.image_hashes
where status = 'hashed'
"""

_IMAGE_OVERRIDES: Final = f"""
insert into approaches_raw.image_overrides by name
with uris as (
    select image_uri, regexp_extract(image_uri, '([0-9]+)/[0-9]+\\.jpg', 1)::bigint as picture
    from approaches_jobs.image_hashes
    where status = 'hashed'
)
select
    row_number() over (order by uris.image_uri, others.image_uri) as override_number,
    case uris.picture - others.picture when 0 then 'apart' else 'together' end as kind,
    uris.image_uri,
    others.image_uri as other_image_uri
from (select *, unnest([picture, picture + 1]) as other from uris where picture % {OVERRIDDEN_EVERY} = 1) as uris
inner join uris as others
    on uris.other = others.picture and uris.image_uri < others.image_uri
qualify row_number() over (partition by uris.picture, kind order by uris.image_uri, others.image_uri) = 1
"""


def media_statements() -> tuple[str, ...]:
    """Statements that fill the tables of jobs hash-images and hash-videos, and people's decisions about pictures."""
    return _MACROS, _IMAGE_HASHES, _FILMS, _VIDEO_HASHES, _VIDEO_KEYFRAMES, _THUMBNAILS, _IMAGE_OVERRIDES
