"""The chat page: the same conversation as on Telegram, in a browser, without an account.

A conversation is found by a secret that only its cookie and its link hold. Every page works as
plain forms (post, redirect, get); where scripts run, ``static/chat.js`` sends the same forms
without reloading, and asks ``/gesprek/nieuw`` for what came by itself. Here are its addresses and
its doors: coming in, coming back and leaving; the conversation itself is ``chat_talk``.
"""

import logging

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.dialogue.conversation import Asked, Started
from bot.web.chat_site import NEWS, TALK, ChatPage, Site
from bot.web.chat_talk import ERASED, TalkPages
from bot.web.chat_visit import LONGEST_SECRET, new_secret, refuse_from_elsewhere
from bot.web.common import form_of

__all__ = ["ChatPage", "chat_routes"]

log = logging.getLogger(__name__)

NOWHERE = "/leeg"

BUSY = {"heading": "chat_busy", "line": "too_many"}


def chat_routes(page: ChatPage) -> list[Route]:
    """Every address of the chat page; ``/t/linde`` for each letter of a link."""
    site = Site(page)
    doors, talk = _Doors(site), TalkPages(site)
    letters = [letter for dialogue in page.library.dialogues.values() for letter in dialogue.links]
    starts = ["/", *(f"/{letter}/{{team}}" for letter in letters)]
    return [
        *(Route(start, doors.landing, methods=["GET"]) for start in starts),
        *(Route(start, doors.begin, methods=["POST"]) for start in starts),
        Route(TALK, talk.read, methods=["GET"]),
        Route(TALK, talk.act, methods=["POST"]),
        Route(NEWS, talk.news, methods=["GET"]),
        Route(ERASED, talk.erased, methods=["GET"]),
        Route("/verder/{secret}", doors.come_back, methods=["GET"]),
        Route("/weg", doors.leave, methods=["POST"]),
        Route(NOWHERE, doors.nowhere, methods=["GET"]),
    ]


class _Doors:
    """The ways in and out."""

    def __init__(self, site: Site) -> None:
        self.site = site

    async def landing(self, request: Request) -> Response:
        """What this is, and one button to begin."""
        team = self.site.team(request)
        return self.site.show(
            request,
            "chat_landing.html",
            languages=self.site.texts.languages,
            team=self.site.library.teams[team].name if team else "",
            action=request.url.path,
            open=await self.site.found(self.site.visitors.read(request)) is not None,
        )

    async def begin(self, request: Request) -> Response:
        """Begin a conversation with a secret of its own; an older one keeps its own link.

        When the house takes no newcomers at this moment, a page says so, and whom to call.
        """
        refuse_from_elsewhere(request)
        language = (await form_of(request)).get("taal")
        team = self.site.team(request)
        secret = new_secret()
        await self.site.happens(
            secret,
            Started(team),
            language=language if language in self.site.languages else None,
            link=_link(request, team),
        )
        if await self.site.found(secret) is None:
            return self.site.show(request, "chat_gone.html", status=429, **BUSY)
        response = RedirectResponse(TALK, 303)
        self.site.visitors.put(response, secret)
        return response

    async def come_back(self, request: Request) -> Response:
        """Exchange the secret of a link for the cookie, and go on where the conversation was."""
        secret = request.path_params["secret"]
        if len(secret) > LONGEST_SECRET or await self.site.found(secret) is None:
            return self.site.gone(request)
        response = RedirectResponse(f"{TALK}#nu", 303)
        self.site.visitors.put(response, secret)
        return response

    async def leave(self, request: Request) -> Response:
        """Clear the chat, let the browser forget it, and show an empty page."""
        refuse_from_elsewhere(request)
        secret = self.site.visitors.read(request)
        try:
            if await self.site.found(secret):
                await self.site.happens(secret, Asked("leave"))
        except Exception as error:
            # The way out stays open, even when the house is on fire.
            log.warning("left, but the chat was not cleared: %s", type(error).__name__)
        response = RedirectResponse(NOWHERE, 303)
        self.site.visitors.drop(response)
        response.headers["clear-site-data"] = '"cache", "cookies", "storage"'
        return response

    async def nowhere(self, request: Request) -> Response:
        """An empty page that tells nothing, or the way on to the operator's neutral address."""
        return self.site.show(request, "chat_empty.html")


def _link(request: Request, team: str | None) -> str | None:
    """The link someone came by, as Telegram would name it: ``t_linde`` for ``/t/linde``."""
    letter = request.url.path.split("/")[1]
    return "_".join(filter(None, (letter, team))) or None
