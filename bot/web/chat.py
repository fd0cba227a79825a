"""The chat page: the same conversation as on Telegram, in a browser, without an account.

A conversation is found by a secret that only its cookie and its link hold. Every page works as
plain forms (post, redirect, get); where scripts run, ``static/chat.js`` sends the same forms
without reloading, and asks ``/gesprek/nieuw`` for what came by itself. Here are its addresses and
its doors: coming in, coming back and leaving; the conversation itself is ``chat_talk``.
"""

import logging
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.dialogue.events import Asked, Started
from bot.dialogue.patience import too_many
from bot.library import INVITATION
from bot.web.chat_picture import PICTURE, Pictures
from bot.web.chat_recordings import PLAY, SPEAK, Recordings
from bot.web.chat_site import NEWS, TALK, ChatPage, Site
from bot.web.chat_table import TABLE, TablePage
from bot.web.chat_talk import ERASED, MINE, TalkPages
from bot.web.chat_visit import LONGEST_SECRET, language_of, new_secret, refuse_from_elsewhere
from bot.web.common import form_of

__all__ = ["ChatPage", "chat_routes"]

log = logging.getLogger(__name__)

NOWHERE = "/leeg"

GONE = {"heading": "chat_invited_heading", "line": "invitation_gone"}

INVITED = f"/{INVITATION.rstrip('_')}/{{invitation}}"
"""Where an invitation is opened; only what is posted there uses it up."""


def chat_routes(page: ChatPage) -> list[Route]:
    """Every address of the chat page; ``/t/linde`` for each letter of a link."""
    site = Site(page)
    doors, talk, recordings = _Doors(site), TalkPages(site), Recordings(site)
    letters = [letter for dialogue in page.library.dialogues.values() for letter in dialogue.links]
    starts = ["/", *(f"/{letter}/{{team}}" for letter in letters)]
    return [
        *(Route(start, doors.landing, methods=["GET"]) for start in starts),
        *(Route(start, doors.begin, methods=["POST"]) for start in starts),
        Route(INVITED, doors.invited, methods=["GET"]),
        Route(INVITED, doors.join, methods=["POST"]),
        Route(TALK, talk.read, methods=["GET"]),
        Route(TALK, talk.act, methods=["POST"]),
        Route(NEWS, talk.news, methods=["GET"]),
        Route(PICTURE, Pictures(site).picture, methods=["GET"]),
        Route(SPEAK, recordings.speak, methods=["POST"]),
        Route(PLAY, recordings.play, methods=["GET"]),
        Route(MINE, talk.mine, methods=["GET"]),
        Route(TABLE, TablePage(site).read, methods=["GET"]),
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
        return await self._landing(request, self.site.library.teams[team].name if team else "")

    async def invited(self, request: Request) -> Response:
        """Someone asks you to take part; to look at it uses nothing up.

        No team is named here yet: messages show a preview of what a link leads to.
        """
        said = await self._word_of(request)
        return said or await self._landing(request, is_invitation=True)

    async def join(self, request: Request) -> Response:
        """Begin a conversation in the case of the invitation, with a secret of its own."""
        refuse_from_elsewhere(request)
        if said := await self._word_of(request):
            return said
        language = (await form_of(request)).get("taal")
        secret = new_secret()
        await self.site.happens(
            secret,
            Started(),
            language=language if language in self.site.languages else None,
            link=INVITATION + request.path_params["invitation"],
        )
        return await self._begun(request, secret, GONE, 404)

    async def _word_of(self, request: Request) -> Response | None:
        """The page that says that this invitation is not for who asks, when it is not."""
        token = request.path_params["invitation"][:LONGEST_SECRET]
        door = await self.site.door_of(self.site.visitors.read(request), token)
        if door is None:
            return None
        status = 404 if door == "gone" else 200
        said = {"heading": "chat_invited_heading", "line": f"invitation_{door}"}
        return self.site.show(request, "chat_gone.html", status=status, **said)

    async def _landing(
        self, request: Request, team: str = "", *, is_invitation: bool = False
    ) -> Response:
        return self.site.show(
            request,
            "chat_landing.html",
            languages=self.site.texts.languages,
            team=team,
            action=request.url.path,
            is_invitation=is_invitation,
            open=await self.site.found(self.site.visitors.read(request)) is not None,
        )

    async def _begun(
        self, request: Request, secret: str, nothing: Mapping[str, Any], status: int
    ) -> Response:
        """On to the conversation of ``secret``; when none began, ``nothing`` is said."""
        if await self.site.found(secret) is None:
            return self.site.show(request, "chat_gone.html", status=status, **nothing)
        response = RedirectResponse(TALK, 303)
        self.site.visitors.put(response, secret)
        return response

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
        return await self._begun(request, secret, self._busy(request, team), 429)

    def _busy(self, request: Request, team: str | None) -> Mapping[str, Any]:
        """Word that there is no room now, and whom to call."""
        say = too_many(self.site.library.dialogue_of(_link(request, team)))
        language = language_of(request, self.site.languages)
        values = self.site.library.values(team, language)
        message = self.site.texts.say(say, language, values)
        return {"heading": "chat_busy", "line": "", "said": message.lines}

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
