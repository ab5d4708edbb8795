"""Google's Gen AI client: how it is let in, and the connections that it uses.

The client gets an HTTP session of our own. With its own, it sends a request whose connection broke a second time after
up to ten seconds, in silence, and reads answers of any size.
"""

import os
import re
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import Any, Final, Self
from urllib.request import getproxies

import aiohttp

from creative_approaches.errors import UsageError
from creative_approaches.settings import GeminiSettings

KEY_VARIABLES: Final = ("GOOGLE_API_KEY", "GEMINI_API_KEY")  # the first that is set, as for the client itself
MAX_ANSWER_BYTES: Final = 64_000_000  # 250 vectors of 3,072 numbers take 20 million
_SCOPE: Final = "https://www.googleapis.com/auth/cloud-platform"
_PIECE: Final = 65_536
_LOGIN: Final = "Run: gcloud auth application-default login"
_SECRETS: Final = re.compile(r"AIza[\w-]{20,}|ya29\.[\w.-]+|(?<=Bearer )\S+|(?<=[?&]key=)[^&\s]+")


class NotSentError(Exception):
    """No connection: nothing was sent, so nothing is paid for."""


class LostAnswerError(Exception):
    """The request was sent and no whole answer came back."""


@dataclass(frozen=True)
class Access:
    """What the client needs to be let in. arguments : its own."""

    arguments: Mapping[str, Any]

    def redact(self, text: str) -> str:
        """A text without the key or the token that this access uses, or what looks like one."""
        credentials = self.arguments.get("credentials")
        for secret in (self.arguments.get("api_key"), getattr(credentials, "token", None)):
            if secret:
                text = text.replace(str(secret), "[redacted]")
        return _SECRETS.sub("[redacted]", text)


def find_access(settings: GeminiSettings, google_credentials: Any) -> Access:
    """How the backend of the settings is reached. google_credentials : the dbt target's, None where it has none.

    Raises UsageError naming what is missing.
    """
    # Both are given, since otherwise GOOGLE_GENAI_USE_ENTERPRISE and GOOGLE_GENAI_USE_VERTEXAI would choose.
    backend = {"enterprise": settings.gemini_backend == "vertex", "vertexai": settings.gemini_backend == "vertex"}
    if settings.gemini_backend == "developer":
        return Access({**backend, "api_key": _find_key()})
    credentials, project = _find_credentials(google_credentials)
    project = settings.gemini_project or project or os.environ.get("GOOGLE_CLOUD_PROJECT")
    if not project:
        raise UsageError(
            "Vertex AI needs a Google Cloud project, and neither the target nor this machine has one. "
            "Set var gemini_project."
        )
    location = settings.gemini_location
    return Access({**backend, "credentials": credentials, "project": project, "location": location})


def _find_key() -> str:
    for name in KEY_VARIABLES:
        if key := os.environ.get(name, "").strip():
            return key
    raise UsageError(
        "Gemini needs a key, and GEMINI_API_KEY is not set. Make one at https://aistudio.google.com/apikey "
        "and put it into this environment variable."
    )


def _find_credentials(google_credentials: Any) -> tuple[Any, str | None]:
    if google_credentials:
        return google_credentials, getattr(google_credentials, "project_id", None)
    from google.auth import default
    from google.auth.exceptions import DefaultCredentialsError

    try:
        credentials, project = default(scopes=[_SCOPE])
    except DefaultCredentialsError:
        raise UsageError(
            f"Vertex AI needs Google credentials, and neither the target nor this machine has any. {_LOGIN}"
        ) from None
    return credentials, project


class Client:
    """The long-lived client and its connections, on the running event loop."""

    def __init__(self, sdk: Any, connections: AsyncExitStack) -> None:
        """Take what `open` made."""
        self.sdk = sdk
        self._connections = connections

    @classmethod
    async def open(cls, access: Access, settings: GeminiSettings) -> Self:
        """Connect to nothing yet. Raises UsageError if the client's package is missing."""
        try:
            from google import genai
            from google.genai import types
        except ImportError:
            raise UsageError(
                "Gemini needs a package that is not installed. Run: pip install -c constraints.txt -e '.[gemini]'"
            ) from None
        connections = AsyncExitStack()
        session = await connections.enter_async_context(
            aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0),  # the caller bounds them
                trust_env=bool(getproxies()),  # without a proxy, it would only look for a .netrc at each request
                response_class=_BoundedAnswer,
                middlewares=(_read_whole_answers,),
            )
        )
        milliseconds = max(1, round(settings.gemini_timeout_seconds * 1000))
        options = types.HttpOptions(timeout=milliseconds, aiohttp_client=session)
        client = genai.Client(**access.arguments, http_options=options)
        connections.callback(client.close)
        connections.push_async_callback(client.aio.aclose)
        return cls(client.aio, connections)

    async def close(self) -> None:
        """Close all connections."""
        await self._connections.aclose()


class _BoundedAnswer(aiohttp.ClientResponse):
    """An answer that is read up to a size."""

    async def read(self) -> bytes:
        if self._body is None:
            pieces = bytearray()
            try:
                async for piece in self.content.iter_chunked(_PIECE):
                    pieces += piece
                    if len(pieces) > MAX_ANSWER_BYTES:
                        raise LostAnswerError(f"longer than {MAX_ANSWER_BYTES:,} bytes")
            except BaseException:
                self.close()
                raise
            self._body = bytes(pieces)
        return self._body


async def _read_whole_answers(
    request: aiohttp.ClientRequest, send: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    try:
        answer = await send(request)
        await answer.read()
    except aiohttp.ClientConnectorError as error:
        raise NotSentError(f"{type(error).__name__} at {error.host}") from error
    except (aiohttp.ClientError, OSError) as error:
        raise LostAnswerError(type(error).__name__) from error
    return answer
