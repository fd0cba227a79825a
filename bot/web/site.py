"""All pages together as one site, with what every answer has in common."""

from starlette.applications import Starlette
from starlette.middleware import Middleware

from bot.web.chat import ChatPage, chat_routes
from bot.web.chat_recordings import LARGEST_UPLOAD, SPEAK
from bot.web.common import BodyLimit, error_pages, security_headers, static_files
from bot.web.desk import Desk, desk_routes


def site(chat: ChatPage, desk: Desk) -> Starlette:
    """The chat page and the desk, as people find them at their ``public_url``."""
    return Starlette(
        routes=[static_files(), *desk_routes(desk), *chat_routes(chat)],
        middleware=[
            Middleware(security_headers, public_url=desk.public_url),
            Middleware(BodyLimit, larger={SPEAK: LARGEST_UPLOAD}),
        ],
        exception_handlers=error_pages(),
    )
