import io
import struct
from functools import partial
from itertools import pairwise

import av
import numpy as np
import pytest
from PIL import Image

from creative_approaches.core.media import film as film_module
from creative_approaches.core.media.faults import MediaFaultError
from creative_approaches.core.media.film import INTERVAL, Frame, sample_film
from creative_approaches.core.media.image_hash import ImageHashes, hash_image
from creative_approaches.core.media.video_hash import VideoHashes, hash_video
from tests.support.media.drawn_films import Encoding, Scene, cut, draw_frame, draw_frames, encode, film

MINUTE = 60.0
SHOTS = [Scene(1, 1.6), Scene(2, 2.1), Scene(3, 1.3)]
SMALL = Encoding(size=(128, 72), rate=12)


def fault_of(content: bytes, max_seconds: float = MINUTE) -> str:
    with pytest.raises(MediaFaultError) as caught:
        hash_video(content, max_seconds)
    assert str(caught.value)
    return caught.value.reason


def bits_apart(left: ImageHashes, right: ImageHashes) -> int:
    words = [(getattr(left, f"fine_phash_{n}"), getattr(right, f"fine_phash_{n}")) for n in range(1, 5)]
    return sum(((a ^ b) & (2**64 - 1)).bit_count() for a, b in words)


def at(hashed: VideoHashes, second: float) -> ImageHashes:
    return next(k.hashes for k in reversed(hashed.keyframes) if k.starts_at <= second + 0.05)


# Keyframes


def test_keyframes_follow_each_other_from_the_start_to_the_end() -> None:
    hashed = hash_video(film(SHOTS), MINUTE)
    assert (hashed.format, hashed.codec, hashed.width, hashed.height) == ("mov", "h264", 320, 180)
    assert hashed.duration_seconds == pytest.approx(5.0, abs=0.05)
    assert hashed.keyframes[0].starts_at == 0
    for one, next_one in pairwise(hashed.keyframes):
        assert one.starts_at + one.seconds == pytest.approx(next_one.starts_at)
    assert sum(k.seconds for k in hashed.keyframes) == pytest.approx(hashed.duration_seconds)


def test_a_still_film_is_one_keyframe() -> None:
    (keyframe,) = hash_video(film([Scene(4, 3.0, is_still=True)], SMALL), MINUTE).keyframes
    assert keyframe.starts_at == 0
    assert keyframe.seconds == pytest.approx(3.0, abs=0.1)
    still = Image.fromarray(draw_frame(Scene(4, 1, is_still=True), 0, SMALL.size)).convert("L")
    assert bits_apart(keyframe.hashes, hash_image(still)) <= 16


def test_a_picture_that_comes_back_is_a_keyframe_again() -> None:
    card = Scene(4, 1.0, is_still=True)
    hashed = hash_video(film([card, Scene(5, 1.0, is_still=True), card], SMALL), MINUTE)
    assert len(hashed.keyframes) == 3
    assert bits_apart(hashed.keyframes[0].hashes, hashed.keyframes[2].hashes) <= 16


def test_a_black_film_has_nothing_but_flat_frames() -> None:
    assert all(k.hashes.quality < 0.14 for k in hash_video(film([Scene(-1, 2.0)], SMALL), MINUTE).keyframes)


@pytest.mark.parametrize(
    "other",
    [
        Encoding(codec="mpeg4"),
        Encoding(codec="libvpx-vp9", container="webm", crf=45),
        Encoding(size=(192, 108), rate=12, crf=35),
        Encoding(size=(640, 360), rate=30),
    ],
    ids=lambda encoding: f"{encoding.codec} {encoding.size}",
)
def test_another_encoding_shows_the_same_pictures(other: Encoding) -> None:
    master, version = hash_video(film(SHOTS), MINUTE), hash_video(film(SHOTS, other), MINUTE)
    for second in (0.0, 2.0, 4.0):
        assert bits_apart(at(master, second), at(version, second)) <= 40
        assert bits_apart(at(master, second), at(version, (second + 2) % 6)) >= 80


def test_a_cut_down_shows_pictures_of_the_whole() -> None:
    whole, part = hash_video(film(SHOTS), MINUTE), hash_video(film(cut(SHOTS, 1.85, 5.0)), MINUTE)
    seconds = sum(
        keyframe.seconds
        for keyframe in part.keyframes
        if min(bits_apart(keyframe.hashes, other.hashes) for other in whole.keyframes) <= 70
    )
    assert seconds >= 0.8 * part.duration_seconds


def _note(starts: list[float], starts_at: float, _: Frame) -> None:
    starts.append(starts_at)


def test_samples_are_taken_by_time_whatever_the_rate() -> None:
    for rate in (5, 12, 50):
        starts: list[float] = []
        content = film([Scene(1, 3.0)], Encoding(size=(64, 36), rate=rate))
        sample_film(content, MINUTE, partial(_note, starts))
        assert len(starts) == 6
        assert all(0 <= start - number * INTERVAL < 0.25 for number, start in enumerate(starts))


def test_a_turned_film_is_hashed_as_it_is_shown() -> None:
    upright = film([Scene(4, 1.0, is_still=True)], SMALL)
    turned = bytearray(upright)
    matrix = turned.index(b"tkhd") + 4 + 40  # 90 degrees clockwise, in 16.16 and 2.30 fixed point
    turned[matrix : matrix + 36] = struct.pack(">9i", 0, 1 << 16, 0, -(1 << 16), 0, 0, 0, 0, 1 << 30)
    hashed = hash_video(bytes(turned), MINUTE)
    assert (hashed.width, hashed.height) == (72, 128)
    expected = Image.fromarray(draw_frame(Scene(4, 1, is_still=True), 0, SMALL.size)).convert("L")
    assert bits_apart(hashed.keyframes[0].hashes, hash_image(expected.transpose(Image.Transpose.ROTATE_270))) <= 16
    assert hashed.still.size == (72, 128)


# Stills


def drawn(scene: Scene, size: tuple[int, int]) -> Image.Image:
    return Image.fromarray(draw_frame(scene, 0, size))


def grey_levels_apart(left: Image.Image, right: Image.Image) -> float:
    assert (left.mode, left.size) == (right.mode, right.size)
    return float(np.mean(np.abs(np.asarray(left, np.int16) - np.asarray(right, np.int16))))


def test_a_still_is_a_small_picture_in_colour_as_the_film_shows_it() -> None:
    scene = Scene(4, 1.0, is_still=True)
    hashed = hash_video(film([scene]), MINUTE)
    assert hashed.still_starts_at == 0
    assert grey_levels_apart(hashed.still, drawn(scene, (160, 90))) < 8
    upright = hash_video(film([scene], Encoding(size=(64, 128), rate=12)), MINUTE)
    assert grey_levels_apart(upright.still, drawn(scene, (64, 128))) < 8


def test_a_still_shows_what_is_seen_longest_and_nothing_blank() -> None:
    short, long = Scene(4, 1.0, is_still=True), Scene(5, 2.0, is_still=True)
    hashed = hash_video(film([Scene(-1, 4.0), short, long], SMALL), MINUTE)
    assert hashed.still_starts_at == pytest.approx(5.0, abs=0.1)
    assert grey_levels_apart(hashed.still, drawn(long, SMALL.size)) < 8


def test_of_keyframes_that_show_as_much_the_first_is_the_still() -> None:
    assert hash_video(film([Scene(-1, 1.0)], SMALL), MINUTE).still_starts_at == 0


# Faults


def sound() -> bytes:
    buffer = io.BytesIO()
    with av.open(buffer, "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=44_100)
        assert isinstance(stream, av.AudioStream)
        for number in range(20):
            frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
            frame.sample_rate, frame.pts = 44_100, 1024 * number
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return buffer.getvalue()


def picture() -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(draw_frame(Scene(1, 1), 0, (64, 36))).save(buffer, "PNG")
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><body>Not found</body></html>" * 50,
        picture(),
        sound(),
        b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://localhost/film.ts\n#EXT-X-ENDLIST\n",
    ],
    ids=["empty", "html", "picture", "sound", "playlist"],
)
def test_what_is_not_a_film_is_refused(content: bytes) -> None:
    assert fault_of(content) == "not_a_video"


def test_a_list_of_files_is_not_followed(tmp_path: object) -> None:
    path = f"{tmp_path}/film.mp4"
    with open(path, "wb") as file:
        file.write(film([Scene(1, 1.0)], SMALL))
    listing = f"ffconcat version 1.0\nfile {path}\n".encode()
    with av.open(io.BytesIO(listing), options={"safe": "0"}) as container:  # FFmpeg would
        assert container.streams.video
    assert fault_of(listing) == "not_a_video"


@pytest.mark.parametrize(("container", "codec"), [("mp4", "libx264"), ("webm", "libvpx-vp9"), ("flv", "flv1")])
@pytest.mark.parametrize("part", [0.02, 0.3, 0.6])
def test_half_a_film_is_truncated(container: str, codec: str, part: float) -> None:
    content = film([Scene(1, 3.0), Scene(2, 3.0)], Encoding((128, 72), 12, codec, container))
    assert fault_of(content[: int(part * len(content))]) == "truncated"


def test_a_film_that_is_too_long_is_refused_by_its_head_and_by_its_frames() -> None:
    content = film([Scene(1, 3.0)], SMALL)
    assert fault_of(content, max_seconds=2.0) == "too_long"
    stream = film([Scene(1, 3.0)], Encoding((128, 72), 12, "mpeg4", "mpegts"))
    assert fault_of(stream, max_seconds=2.0) == "too_long"


def test_too_many_pixels_are_refused_before_they_are_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    content = film([Scene(1, 1.0)], SMALL)
    monkeypatch.setattr(film_module, "MAX_PIXELS", 128 * 72 - 1)
    assert fault_of(content) == "too_many_pixels"
    monkeypatch.undo()
    monkeypatch.setattr(film_module, "MAX_DECODED_PIXELS", 5 * film_module.SMALL)
    assert fault_of(content) == "too_many_frames"


def test_damaged_films_end_in_hashes_or_in_a_fault() -> None:
    films = [
        bytearray(encode(draw_frames([Scene(1, 1.0)], (64, 36), 8), Encoding((64, 36), 8, codec, container)))
        for codec, container in (("libx264", "mp4"), ("libvpx-vp9", "webm"), ("mpeg4", "avi"), ("mpeg4", "mpegts"))
    ]
    rng = np.random.default_rng(5)
    outcomes: set[type] = set()
    for content in films:
        for _ in range(40):
            damaged = bytearray(content)
            for place in rng.integers(0, len(content), rng.integers(1, 30)):
                damaged[place] = rng.integers(256)
            try:
                outcomes.add(type(hash_video(bytes(damaged), MINUTE)))
            except MediaFaultError as fault:
                outcomes.add(type(fault))
    assert outcomes == {VideoHashes, MediaFaultError}
