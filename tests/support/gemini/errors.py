"""Errors in the form that Google's services give them."""

from typing import Any, Final

from aiohttp import web

INVALID_KEY: Final = {"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}


def error(code: int, status: str, message: str, *details: dict[str, Any], **headers: str) -> web.Response:
    body = {"error": {"code": code, "message": message, "status": status, "details": list(details)}}
    return web.json_response(body, status=code, headers=headers)
