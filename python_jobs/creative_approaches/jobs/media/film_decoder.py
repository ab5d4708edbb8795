"""What a process of its own makes of the bytes of a film. It imports little, since each process does."""

from creative_approaches.core.media.video_hash import VideoHashes, hash_video
from creative_approaches.jobs.media.decoders import Decoded
from creative_approaches.jobs.media.thumbnails import with_thumbnail
from creative_approaches.tables import READING_COPIES


def decode_film(content: bytes, max_seconds: float, keep_thumbnail: bool, keep_copies: bool) -> Decoded:
    """What the tables say of a film, copies and a thumbnail of it where they are kept. Raises MediaFaultError."""
    film = hash_video(content, max_seconds, keep_copies)
    copies = [{"picture": number, **vars(copy)} for number, copy in enumerate(film.copies)]
    decoded = film_rows(film)._replace(contents=tuple((READING_COPIES.name, copy) for copy in copies))
    return with_thumbnail(decoded, film.still, "video", film.still_starts_at) if keep_thumbnail else decoded


def film_rows(film: VideoHashes) -> Decoded:
    """The columns of table video_hashes, and the rows of table video_keyframes."""
    columns = {
        "format": film.format,
        "codec": film.codec,
        "width": film.width,
        "height": film.height,
        "duration_seconds": film.duration_seconds,
        "keyframes": len(film.keyframes),
    }
    keyframes = [
        # Of what is known of a picture, the table has columns for a part.
        {**vars(keyframe.hashes), "keyframe": number, "starts_at": keyframe.starts_at, "seconds": keyframe.seconds}
        for number, keyframe in enumerate(film.keyframes)
    ]
    return Decoded(columns, keyframes)
