"""Why there is nothing of an image or a film: a code that decides, and a sentence for people."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Self


class Reason(StrEnum):
    """The codes, as tables store them, each with what it means. A fault may say it more exactly."""

    sentence: str

    def __new__(cls, code: str, sentence: str) -> Self:
        """Keep the sentence beside the code."""
        reason = str.__new__(cls, code)
        reason._value_ = code
        reason.sentence = sentence
        return reason

    TIMEOUT = "timeout", "It was not there in the time that one file has."
    UNREACHABLE = "unreachable", "Its host cannot be reached, or does not answer as it should."
    UNREADABLE = "unreadable", "What is there cannot be read as a file."
    GONE = "gone", "There is no such file."
    HOST_REFUSED = "host_refused", "Its host does not give it to everybody."
    NOT_AN_ADDRESS = "not_an_address", "This is no address of a file."
    SEVERAL_ADDRESSES = "several_addresses", "It is a list of several addresses, and a creative has one."
    UNKNOWN_SCHEME = "unknown_scheme", "Its scheme is not read: https, gs and files are."
    EXAMPLE_HOST = "example_host", "Its host is a name for examples, where nothing is."
    LOCAL_FILES_REFUSED = (
        "local_files_refused",
        "Files of this machine are read only if var allow_local_media allows it.",
    )
    PRIVATE_ADDRESS = "private_address", "Its host's address is not public. Var allowed_private_hosts can allow it."
    UNSAFE_REDIRECT = "unsafe_redirect", "It is redirected to where media are not read from."
    TOO_MANY_BYTES = "too_many_bytes", "The file is larger than the limit."
    TOO_MANY_PIXELS = "too_many_pixels", "Its pictures are larger than the limit."
    TOO_MANY_SCANS = "too_many_scans", "It is a JPEG of more scans than a picture needs."
    TOO_MANY_FRAMES = "too_many_frames", "It has too many frames, or too large ones, to decode them all."
    TOO_LONG = "too_long", "The film is longer than the limit."
    TOO_LITTLE_MEMORY = "too_little_memory", "Decoding it takes more memory than there is."
    TOO_SLOW = "too_slow", "Decoding it takes longer than the limit."
    DECODER_CRASHED = "decoder_crashed", "The decoder broke down on it."
    NOT_AN_IMAGE = "not_an_image", "It is no image of a format that is read."
    NOT_A_VIDEO = "not_a_video", "The file is not a film, or of a kind that is not read."
    BLANK = "blank", "It shows nothing."
    TRUNCATED = "truncated", "It is cut off or damaged."


REASONS: Final = {reason.value: reason for reason in Reason}
PASSING: Final = frozenset({Reason.TIMEOUT, Reason.UNREACHABLE, Reason.UNREADABLE})  # may be over in the next run


class MediaFaultError(Exception):
    """An image or a film that cannot be had or decoded.

    detail : a sentence for people; that of the reason where there is no more to say.
    columns : what is known of it all the same, by the names of its table's columns.
    """

    def __init__(self, reason: Reason, detail: str | None = None, columns: Mapping[str, float] | None = None) -> None:
        """Take what is recorded beside the address."""
        # It may quote what a host says, in any bytes: lone surrogates cannot be stored, control characters be obeyed.
        self.detail = "".join(each if each.isprintable() else "?" for each in detail or reason.sentence)
        super().__init__(self.detail)
        self.reason, self.columns = reason, columns or {}
