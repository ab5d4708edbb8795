"""The client's version, and what depends on it."""

from typing import Final

import google.genai

VERSION: Final[str] = google.genai.__version__
MAJOR: Final = int(VERSION.partition(".")[0])
DEVELOPER: Final = "/v1" if MAJOR >= 3 else "/v1beta"
