"""What the tables say of thumbnails."""

from typing import Final, Literal

from PIL import Image

from creative_approaches.core.media.thumbnail import thumbnail
from creative_approaches.jobs.media.decoders import Decoded
from creative_approaches.tables import MEDIA_THUMBNAILS

TRIED: Final = {"thumbnail_tried": True}  # of a row in the tables of hashes


def with_thumbnail(
    decoded: Decoded, picture: Image.Image, media_type: Literal["image", "video"], starts_at: float | None = None
) -> Decoded:
    """What follows from the bytes of a file, its row of media_thumbnails included.

    picture : what the file shows, RGB or grey (L).  starts_at : for a film, the second in which the picture begins.
    """
    row = vars(thumbnail(picture)) | {"media_type": media_type, "starts_at": starts_at}
    return decoded._replace(columns=decoded.columns | TRIED, contents=(*decoded.contents, (MEDIA_THUMBNAILS.name, row)))
