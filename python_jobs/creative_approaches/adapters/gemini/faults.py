"""What went wrong with a request to Gemini, and what to do about it.

Errors of the API: https://ai.google.dev/gemini-api/docs/troubleshooting, their details: google.rpc.error_details. The
classes of the transport are not looked at, because they change between versions of the client: what is no answer of the
API counts as lost on the way.
"""

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Final

from creative_approaches.adapters.gemini.client import NotSentError
from creative_approaches.errors import ApproachesError, TemporaryError, UsageError

AGAIN: Final = "Run the same command again: it goes on from where it stopped."
_TRANSIENT: Final = frozenset({408, 429, 499, 500, 502, 503, 504})
# In the name of a quota; Vertex AI gives no name, and says it in the message.
_OF_A_DAY: Final = re.compile(r"per[ _]?day|daily", re.IGNORECASE)
# Only the message tells: the status is that of any quota.
_SPENT: Final = re.compile(
    r"spend(ing)?[ -](cap|limit)|credits? (are|is|has been|have been) (depleted|exhausted)", re.IGNORECASE
)
_MESSAGE_LENGTH: Final = 200
_SHINGLE: Final = 12  # characters that a message and a sent text share before the message counts as quoting it


@dataclass(frozen=True)
class Fault:
    """Why a request gave nothing.

    detail : a sentence, without keys and sent texts.  is_paid : it may have been carried out, and billed.
    may_be_input : the request itself may be the cause.  delay : seconds that the server asks to wait.
    stops : the error for all requests, where no other can succeed either.
    is_refusal : this request alone is refused, and would be again.  is_faulty : it was answered, wrongly.
    is_quota : a quota holds it off.  quota : how much that allows at most, where it says so.
    """

    detail: str
    is_paid: bool = False
    may_be_input: bool = False
    delay: float | None = None
    stops: ApproachesError | None = None
    is_refusal: bool = False
    is_faulty: bool = False
    is_quota: bool = False
    quota: int | None = None


def explain(error: Exception, redact: Callable[[str], str], private: Sequence[str], now: datetime) -> Fault:
    """The fault that an exception of the client means. private : what was sent, never to be repeated."""
    code = getattr(error, "code", None)
    if not isinstance(code, int) or not hasattr(error, "details"):
        return _without_answer(error, redact)
    message = _cleaned(str(getattr(error, "message", None) or ""), redact, private)
    said = f"Gemini answered {code} {_cleaned(str(getattr(error, 'status', '') or ''), redact, private)}".rstrip()
    detail = f"{said}: {_sentence(message)}" if message else f"{said}."
    if stops := _error_for_all(error, code, detail):
        return Fault(detail, stops=stops)
    if code in _TRANSIENT or code >= 500:
        is_quota = code == 429
        quota = _quota(error) if is_quota else None
        return Fault(detail, may_be_input=code in (500, 504), delay=_delay(error, now), is_quota=is_quota, quota=quota)
    return Fault(detail, is_refusal=True)


def _without_answer(error: Exception, redact: Callable[[str], str]) -> Fault:
    from google.auth import exceptions as auth

    if isinstance(error, NotSentError):
        return Fault(f"Gemini cannot be reached ({redact(str(error))}).")
    if isinstance(error, auth.GoogleAuthError):
        kind = type(error).__name__
        if isinstance(error, auth.TransportError) or error.retryable:
            return Fault(f"Google's login cannot be reached ({kind}).")
        said = f"The Google credentials are not accepted ({kind})."
        return Fault(
            said,
            stops=UsageError(f"{said} Renew those of the target, or run: gcloud auth application-default login"),
        )
    if isinstance(error, TimeoutError):
        return Fault("Gemini did not answer in time.", is_paid=True, may_be_input=True)
    kind = type(error.__cause__ or error).__name__
    return Fault(f"Gemini's answer was lost or cannot be read ({kind}).", is_paid=True, may_be_input=True)


def _error_for_all(error: Any, code: int, detail: str) -> ApproachesError | None:
    reasons = {str(item["reason"]) for item in _details(error) if "reason" in item}
    if code in (401, 403) or "API_KEY_INVALID" in reasons:
        return UsageError(
            f"{detail} Check the key in GEMINI_API_KEY or GOOGLE_API_KEY; for Vertex AI, that the account has the role "
            "Vertex AI User and that the API is enabled."
        )
    if code == 404:
        found = re.search(r"/models/([^/:?]+)", str(getattr(error.response, "url", "")))
        name = f"the model {found[1]}" if found else "the model"
        return UsageError(
            f"{detail} Check {name} in vars embedding_model, annotator_model and name_model, and for Vertex AI "
            "gemini_location."
        )
    if code == 400 and error.status == "FAILED_PRECONDITION":
        return UsageError(f"{detail} Change what it names, and run the same command again.")
    return _spent_quota(error, detail) if code == 429 else None


def _spent_quota(error: Any, detail: str) -> ApproachesError | None:
    violations = _violations(error)
    message = str(error.message)
    quotas = [str(violation["quotaId"]) for violation in violations if "quotaId" in violation] or [message]
    if any(str(violation.get("quotaValue")) == "0" for violation in violations):
        return UsageError(f"{detail} This project may not use the model at all: enable billing or take another model.")
    if any(map(_OF_A_DAY.search, quotas)):
        return TemporaryError(
            f"The quota of the day is used up. It returns at midnight Pacific time; all work so far is kept. {AGAIN} "
            f"({detail})"
        )
    if _SPENT.search(message):
        return TemporaryError(
            "The project's spend cap is reached; all work so far is kept. Raise it, or wait: the caps of tiers are per "
            f"ten minutes. {AGAIN} ({detail})"
        )
    return None


def _quota(error: Any) -> int | None:
    """The smallest quota that an error names."""
    values = [str(violation.get("quotaValue", "")) for violation in _violations(error)]
    return min((int(value) for value in values if value.isascii() and value.isdecimal()), default=None)


def _violations(error: Any) -> list[Mapping[str, Any]]:
    return [violation for item in _details(error) for violation in item.get("violations") or ()]


def _details(error: Any) -> Iterator[Mapping[str, Any]]:
    body = error.details if isinstance(error.details, Mapping) else {}
    inner = body.get("error", body)
    items = inner.get("details") if isinstance(inner, Mapping) else None
    return (item for item in items or () if isinstance(item, Mapping))


def _delay(error: Any, now: datetime) -> float | None:
    asked = [_seconds(str(item["retryDelay"])) for item in _details(error) if "retryDelay" in item]
    header = (getattr(error.response, "headers", None) or {}).get("Retry-After")
    asked.append(_seconds_of_header(str(header), now) if header else None)
    return max((seconds for seconds in asked if seconds is not None), default=None)


def _seconds(text: str) -> float | None:
    try:
        seconds = float(text.removesuffix("s"))
    except ValueError:
        return None
    return max(0.0, seconds) if math.isfinite(seconds) else None


def _seconds_of_header(text: str, now: datetime) -> float | None:
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return _seconds(text)
    return max(0.0, ((date if date.tzinfo else date.replace(tzinfo=UTC)) - now).total_seconds())


def _cleaned(message: str, redact: Callable[[str], str], private: Sequence[str]) -> str:
    """What the server says, on one line, bounded, and nothing of what was sent."""
    line = " ".join(redact(message).split())
    flat = _flat(line)
    shingles = {flat[start : start + _SHINGLE] for start in range(len(flat) - _SHINGLE + 1)}
    if any(_is_quoted(_flat(text), flat, shingles) for text in private):
        return "(not repeated here, because it quotes the text)"
    return line[:_MESSAGE_LENGTH].rstrip()


def _is_quoted(text: str, message: str, shingles: set[str]) -> bool:
    if len(text) <= _SHINGLE:
        return len(text) >= _SHINGLE // 2 and text in message
    return any(shingle in text for shingle in shingles)


def _flat(text: str) -> str:
    return " ".join(text.replace("\\", "").split()).lower()


def _sentence(text: str) -> str:
    return text if text.endswith((".", ")", "!", "?")) else f"{text}."
