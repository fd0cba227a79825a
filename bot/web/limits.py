"""How much of someone's request is taken, and whose tries count together."""

import ipaddress
from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.web.errors import error_page

LARGEST_BODY = 64 * 1024
"""Bytes of a request (promises, section 4: desk requests 64 KiB)."""


class BodyTooLargeError(Exception):
    """The body went over the limit while it was being read."""


class BodyLimit:
    """Refuse a request with a body over ``limit`` bytes, announced or not, with 413.

    ``larger`` has the addresses that may be sent more, and how much.
    """

    def __init__(
        self, app: ASGIApp, limit: int = LARGEST_BODY, larger: Mapping[str, int] | None = None
    ) -> None:
        self.app = app
        self.limit = limit
        self.larger = larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through as long as it stays small."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        limit = self.larger.get(scope["path"], self.limit)
        announced = Headers(scope=scope).get("content-length", "0")
        if not announced.isdecimal() or int(announced) > limit:
            await error_page(413)(scope, receive, send)
            return
        seen, answering = 0, False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > limit:
                raise BodyTooLargeError
            return message

        async def watched(message: Message) -> None:
            nonlocal answering
            answering = True
            await send(message)

        try:
            await self.app(scope, counted, watched)
        except BodyTooLargeError:
            if answering:
                raise
            await error_page(413)(scope, receive, send)


async def form_of(request: Request) -> Mapping[str, str]:
    """The fields of a posted form; files are not taken (400), a repeated field counts once."""
    async with request.form(max_files=0, max_fields=50) as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def client_address(connection: HTTPConnection) -> str:
    """Whose tries to count together: an IPv4 address, or the /64 an IPv6 address lies in.

    Behind a proxy uvicorn has put the real address there, when it trusts the proxy.
    """
    host = connection.client.host if connection.client else ""
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False))
