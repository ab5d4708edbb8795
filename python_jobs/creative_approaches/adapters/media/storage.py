"""Bytes from Google Cloud Storage, by gcsfs: its credentials, endpoint and session, and requests that end."""

import asyncio
import re
from typing import Any, Final

from creative_approaches.adapters.media.content import Media, MediaRules, PassingFaultError
from creative_approaches.adapters.media.hosts import ATTEMPTS, Hosts
from creative_approaches.adapters.media.http import HEADERS, answer_fault, explained, read_body, version_in
from creative_approaches.core.media.faults import MediaFaultError, Reason
from creative_approaches.errors import UsageError

_BUCKET: Final = re.compile(r"[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]")


class Storage:
    """Loads gs://bucket/object."""

    def __init__(self, rules: MediaRules, hosts: Hosts) -> None:
        """Find credentials. Raises UsageError where gcsfs is not installed."""
        try:
            import gcsfs
            from google.auth.exceptions import GoogleAuthError
        except ImportError:
            raise UsageError(
                "There are images in gs://, and the package that reads them is missing. "
                "Install it: pip install -c constraints.txt -e '.[bigquery]'"
            ) from None
        import aiohttp

        self._rules, self._hosts = rules, hosts
        self._auth_errors = (GoogleAuthError, gcsfs.retry.HttpError)
        options: dict[str, Any] = {
            "access": "read_only",
            "asynchronous": True,
            "skip_instance_cache": True,
            "session_kwargs": {
                "headers": HEADERS,
                "auto_decompress": False,
                "timeout": aiohttp.ClientTimeout(sock_connect=rules.timeout_seconds / ATTEMPTS),
            },
        }
        try:
            self._filesystem = gcsfs.GCSFileSystem(token=rules.google_credentials or "google_default", **options)
        except GoogleAuthError:  # without any, public buckets can still be read
            self._filesystem = gcsfs.GCSFileSystem(token="anon", **options)

    async def load(self, uri: str, version: str | None) -> Media:
        """Ask for an object. version : its generation, as returned before."""
        bucket, _, name = uri.split("://", 1)[1].partition("/")
        if not name or not _BUCKET.fullmatch(bucket):
            raise MediaFaultError(
                Reason.NOT_AN_ADDRESS, "This is no object of Google Cloud Storage: gs://bucket/object."
            )
        return await self._hosts.ask(f"gs://{bucket}", lambda: self._get(f"{bucket}/{name}", version))

    async def close(self) -> None:
        """Close all connections."""
        if self._filesystem._session is not None:
            await self._filesystem._session.close()

    async def _get(self, path: str, version: str | None) -> Media:
        from yarl import URL

        session = await self._filesystem._set_session()
        # One request, whose answer names the generation: asking for the object's description first would be two.
        url = URL(self._filesystem.url(path) + (f"&ifGenerationNotMatch={version}" if version else ""), encoded=True)
        headers = await self._authorization()
        async with explained(), session.get(url, headers=headers, allow_redirects=False) as response:
            if version and response.status == 304:
                return Media(None, version)
            fault = answer_fault(response)
            if fault and fault.reason == Reason.HOST_REFUSED:
                # Unlike a refusal on the web, somebody can and will mend it: it is asked for again in each run.
                detail = f"{fault.detail} The account that asks needs the role Storage Object Viewer on the bucket."
                raise MediaFaultError(Reason.UNREADABLE, detail)
            if fault:
                raise fault
            return Media(await read_body(response, self._rules.max_bytes), version_in(response, "X-Goog-Generation"))

    async def _authorization(self) -> dict[str, str]:
        headers: dict[str, str] = {}
        try:
            await asyncio.to_thread(self._filesystem.credentials.apply, headers)  # it may ask for a token
        except self._auth_errors:
            raise PassingFaultError(Reason.UNREACHABLE, "Google gives no token to the account that asks.") from None
        return headers
