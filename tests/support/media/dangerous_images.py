"""Images that do to their decoder what a fault in it could do, in a module that a new process imports quickly."""

import os
import signal
import threading
from typing import Final

from creative_approaches.jobs.media import image_worker
from creative_approaches.jobs.media.image_worker import HashRules, Row

KILLER: Final = b"kills who decodes it"
LOOP: Final = b"is decoded without end"


def hash_bytes(body: bytes, rules: HashRules) -> Row:
    """What the process that hashes does with an image, and with these two."""
    if body == KILLER:
        os.kill(os.getpid(), signal.SIGKILL)
    if body == LOOP:
        vars(image_worker).update(SECONDS=1, hash_content=lambda *_: threading.Event().wait())
    return image_worker.hash_bytes(body, rules)
