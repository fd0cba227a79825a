"""The desk: where professionals read what families handed over, and answer them.

Pages in plain HTML that work without script. ``desk_guard`` decides who may see what,
``desk_door`` lets people in, ``desk_pages`` is the reading and answering, ``desk_meetings`` what
comes after a talk, ``desk_settings`` the rest; the deeds themselves are in ``bot.professionals``.
"""

from starlette.routing import Route

from bot.web.desk_door import door_routes
from bot.web.desk_guard import DESK, Demo, Desk
from bot.web.desk_meetings import meeting_routes
from bot.web.desk_pages import page_routes
from bot.web.desk_settings import settings_routes

__all__ = ["DESK", "Demo", "Desk", "desk_routes"]


def desk_routes(desk: Desk) -> list[Route]:
    """Every address of the desk, all of them under ``DESK``."""
    return [
        *door_routes(desk),
        *page_routes(desk),
        *meeting_routes(desk),
        *settings_routes(desk),
    ]
