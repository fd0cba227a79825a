"""Calm pages for what does not work: kind to the reader, and silent about why."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from bot.web import words
from bot.web.headers import HEADERS
from bot.web.rendering import render


def error_page(status: int, headers: Mapping[str, str] | None = None) -> HTMLResponse:
    """A page that says kindly that this did not work, and nothing about why it did not."""
    title, line = words.ERRORS.get(status, words.ERRORS[500])
    response = render("error.html", status=status, title=title, line=line)
    # A fault of ours is answered outside the middleware that adds these to everything else.
    response.headers.update({**HEADERS, "cache-control": "no-store", **(headers or {})})
    return response


def error_pages() -> dict[Any, Callable[[Request, Exception], Awaitable[Response]]]:
    """For ``Starlette(exception_handlers=…)``: every refusal and every fault gets a calm page."""

    async def refused(_request: Request, error: Exception) -> Response:
        if not isinstance(error, HTTPException):
            return error_page(500)
        return error_page(error.status_code, error.headers)

    return {HTTPException: refused, 500: refused}
