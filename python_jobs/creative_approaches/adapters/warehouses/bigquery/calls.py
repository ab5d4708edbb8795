"""Calls to BigQuery that end: bounded retries that honour the server's delay, and errors that say what to do next.

The client's own retries ignore Retry-After, and without a timeout a lost answer is waited for without end; so each call
is one attempt of the client, inside the loop here (opening a Storage Read session, which the client repeats by itself
within the time of a job, is the exception). Reasons: https://cloud.google.com/bigquery/docs/error-messages
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

import requests
from google.api_core import exceptions as google
from google.auth import exceptions as auth
from tenacity import RetryCallState, Retrying, retry_if_exception, stop_before_delay, wait_random_exponential

from creative_approaches.errors import ApproachesError, DataError, TemporaryError, UsageError

T = TypeVar("T")

_AGAIN = "Run the same command again: it goes on from where it stopped."
_TRANSIENT_STATUS = frozenset({408, 429, 500, 502, 503, 504})
_TRANSIENT_REASONS = frozenset(
    {
        "rateLimitExceeded",
        "jobRateLimitExceeded",
        "backendError",
        "jobBackendError",
        "internalError",
        "jobInternalError",
        "badGateway",
        "tableUnavailable",
    }
)
_BUSY = re.compile(
    r"quota exceeded|exceeded rate limits|exceeded quota|concurrent update|could not serialize|currently unavailable"
    r"|rateLimitExceeded|quotaExceeded|backendError",
    re.IGNORECASE,
)
_LOST = (
    ConnectionError,
    TimeoutError,
    requests.exceptions.ConnectionError,
    requests.exceptions.Timeout,
    requests.exceptions.ChunkedEncodingError,
    auth.TransportError,
    google.RetryError,
)
_ROLES = (
    "The account of the profile needs BigQuery Data Editor on the datasets, BigQuery Job User and "
    "BigQuery Read Session User on the project"
)


class JobFailedError(Exception):
    """A job that BigQuery accepted and could not finish."""

    def __init__(self, result: Mapping[str, Any]) -> None:
        """Take BigQuery's ErrorProto: reason and message."""
        self.reason = str(result.get("reason", ""))
        super().__init__(str(result.get("message", result)))

    @property
    def is_transient(self) -> bool:
        """Whether the same job may succeed later."""
        return self.reason in _TRANSIENT_REASONS or _met_another_transaction(str(self))


@dataclass(frozen=True)
class Patience:
    """How long to wait, in seconds.

    request : for the answer to one request.
    retries : for a call to succeed, over all of its attempts.
    job : for a job that BigQuery accepted to finish.
    """

    request: float = 60
    retries: float = 600
    job: float = 3600

    @classmethod
    def of(cls, credentials: Any) -> "Patience":
        """What the profile says in dbt's own settings, these defaults elsewhere."""
        return cls(
            request=credentials.job_creation_timeout_seconds or cls.request,
            retries=credentials.job_retry_deadline_seconds or cls.retries,
            job=credentials.job_execution_timeout_seconds or cls.job,
        )

    def call(self, function: Callable[[], T]) -> T:
        """Call until it succeeds, fails for good or the time is over.

        Raises UsageError, DataError or TemporaryError; NotFound and Conflict are the caller's to explain.
        """
        attempts = Retrying(
            retry=retry_if_exception(_is_transient), wait=_wait, stop=stop_before_delay(self.retries), reraise=True
        )
        try:
            return attempts(function)
        except (google.NotFound, ApproachesError):
            raise
        except google.Conflict as error:
            raise _explained(error) if isinstance(error, google.Aborted) else error from None
        except (google.GoogleAPICallError, JobFailedError, auth.GoogleAuthError, *_LOST) as error:
            raise _explained(error) from None


def _is_transient(error: BaseException) -> bool:
    if isinstance(error, JobFailedError):
        return error.is_transient
    if isinstance(error, google.GoogleAPICallError):
        is_passing = error.code in _TRANSIENT_STATUS or _reason(error) in _TRANSIENT_REASONS
        is_broken_stream = isinstance(error, google.Aborted | google.Cancelled | google.Unknown)
        return is_passing or is_broken_stream or _met_another_transaction(error.message)
    if isinstance(error, auth.GoogleAuthError):
        return isinstance(error, auth.TransportError) or error.retryable
    return isinstance(error, _LOST) and not isinstance(error, requests.exceptions.SSLError)


def is_busy(message: str) -> bool:
    """Whether dbt speaks of a BigQuery that may take the same later. It keeps the messages and drops the codes."""
    return bool(_BUSY.search(message))


def _met_another_transaction(message: str) -> bool:
    # Only the message tells: the reason is invalidQuery, as of a statement that is wrong.
    return "concurrent update" in message.lower()


_backoff = wait_random_exponential(multiplier=0.5, max=32)


def server_delay(error: BaseException | None) -> float | None:
    """How many seconds the server asks to wait, by its header Retry-After; None if it does not say."""
    asked = str(getattr(getattr(error, "response", None), "headers", {}).get("Retry-After", "")).strip()
    return float(asked) if asked.isdecimal() else None


def _wait(state: RetryCallState) -> float:
    delay = server_delay(state.outcome.exception() if state.outcome else None)
    return _backoff(state) if delay is None else delay


def said(error: Exception) -> str:
    """What BigQuery said, on one line, without the address and the job that it repeats."""
    message = _first(error).get("message") if isinstance(error, google.GoogleAPICallError) else None
    return " ".join(str(message or error).split())[:400].rstrip(".")


def _reason(error: google.GoogleAPICallError) -> str:
    return str(_first(error).get("reason", ""))


def _first(error: google.GoogleAPICallError) -> Mapping[str, Any]:
    first = error.errors[0] if error.errors else {}
    return first if isinstance(first, Mapping) else {}


def _explained(error: Exception) -> ApproachesError:
    """The error in a line or two, with the next step."""
    code = getattr(error, "code", None)
    is_answer = isinstance(error, google.GoogleAPICallError)
    reason = _reason(error) if is_answer else getattr(error, "reason", "")
    if reason == "bytesBilledLimitExceeded":
        return UsageError(f"{said(error)}. Raise maximum_bytes_billed of the target in profiles.yml.")
    if reason in ("stopped", "timeout"):
        return TemporaryError(f"BigQuery stopped the job: {said(error)}. {_AGAIN}")
    if reason == "quotaExceeded":
        return TemporaryError(f"A quota of BigQuery is used up: {said(error)}. When it is free again: {_AGAIN}")
    if _is_transient(error):
        answer = f"{code} {reason}".strip() if code else reason or "no answer"
        return TemporaryError(f"BigQuery could not be used in the time allowed ({answer}): {said(error)}. {_AGAIN}")
    if isinstance(error, auth.GoogleAuthError | google.Unauthorized):
        return UsageError(
            f"BigQuery does not know who asks: {said(error)}. Log in (gcloud auth application-default login) or "
            "correct the target's method and keyfile in profiles.yml. Check it with: dbt debug"
        )
    if isinstance(error, google.Forbidden | google.PermissionDenied) or reason == "accessDenied":
        return UsageError(f"BigQuery refuses: {said(error)}. {_ROLES}. Then run the same command again.")
    return DataError(
        f"BigQuery cannot do this: {said(error)}. Check project, dataset and location of the target in profiles.yml."
    )
