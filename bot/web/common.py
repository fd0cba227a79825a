"""What every web page of ours shares, whoever it is for.

The app wraps everything once, outermost first::

    Starlette(
        routes=[static_files(), *desk_routes(desk), *chat_routes(chat)],
        middleware=[
            Middleware(security_headers, public_url=public_url),
            Middleware(BodyLimit),
        ],
        exception_handlers=error_pages(),
    )

A route that needs more than the policy here allows sets its own ``content-security-policy``
header (``policy(connect=True)``); no other header is set by hand.
"""

from typing import Protocol

from bot.web.cookies import CookieOptions, cookie_options
from bot.web.errors import error_page, error_pages
from bot.web.headers import policy, security_headers
from bot.web.limits import BodyLimit, client_address, form_of
from bot.web.rendering import render, static_files, templates

__all__ = [
    "BodyLimit",
    "Clock",
    "CookieOptions",
    "client_address",
    "cookie_options",
    "error_page",
    "error_pages",
    "form_of",
    "policy",
    "render",
    "security_headers",
    "static_files",
    "templates",
]


class Clock(Protocol):
    """What time it is; only ``bot.app`` has one that moves."""

    def now(self) -> int:
        """Unix seconds, UTC."""
        ...
