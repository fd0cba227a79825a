"""The conversation on the chat page: reading it, answering in it, hearing what is new."""

import asyncio
import re
from collections.abc import Mapping
from typing import get_args

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.dialogue.events import Asked, Control, Event, Tapped, Wrote
from bot.families.mine import file_of
from bot.handover.mine import NAME
from bot.storage.store import Store
from bot.web.chat_site import NEWS, TALK, Site
from bot.web.chat_view import is_too_long, is_update
from bot.web.chat_visit import refuse_from_elsewhere
from bot.web.common import form_of

BREATH = 1.0
"""Seconds between two looks of one waiting page, however busy the house is."""

ERASED = "/gewist"
MINE = "/gesprek/gegevens"

_TAP = re.compile(r"(\d{1,9}):([^\0]{1,48})", re.ASCII)
_ROW = re.compile(r"\d{1,18}", re.ASCII)


class TalkPages:
    """The addresses of the conversation itself."""

    def __init__(self, site: Site) -> None:
        self.site = site

    async def read(self, request: Request) -> Response:
        """The conversation, with the buttons of the last question."""
        secret = self.site.visitors.read(request)
        found = await self.site.found(secret)
        return self.site.talk(secret, found) if found else self.site.gone(request)

    async def act(self, request: Request) -> Response:
        """Something was tapped, typed or asked; on to the page that shows what came of it."""
        refuse_from_elsewhere(request)
        form = await form_of(request)
        secret = self.site.visitors.read(request)
        found = await self.site.found(secret)
        if found is None:
            return self.site.gone(request)
        event = _event(form)
        if isinstance(event, Wrote) and is_too_long(event.words):
            return self.site.talk(secret, found, typed=event.words, status=422)
        if event is not None:
            await self.site.happens(secret, event, update=update_of(form))
        asked_to_erase = isinstance(event, Tapped) and event.code == "-erase.yes"
        if asked_to_erase and await self.site.found(secret) is None:
            return self._erased()
        response = RedirectResponse(back_to(form), 303)
        self.site.visitors.put(response, secret)
        return response

    async def news(self, request: Request) -> Response:
        """What came after the bubble ``na``: as soon as there is any, else 204 after a while."""
        secret = self.site.visitors.read(request)
        after = _row(request.query_params.get("na", ""))
        loop = asyncio.get_running_loop()
        until = loop.time() + self.site.page.longest_wait
        while True:
            commits = self.site.page.store.commits
            found = await self.site.found(secret)
            if found is None:
                return self.site.gone(request)
            if "nu" in request.query_params or any(id_ > after for id_, *_ in found[1]):
                return self.site.talk(secret, found, after=after)
            left = until - loop.time()
            if not await _commits_while_here(self.site.page.store, commits, request, left):
                return Response(status_code=204)
            await asyncio.sleep(BREATH)

    async def mine(self, request: Request) -> Response:
        """Everything that is this person's own, as a file for this browser to keep."""
        refuse_from_elsewhere(request)
        found = await self.site.opened(self.site.visitors.read(request))
        if found is None:
            return self.site.gone(request)
        page, now = self.site.page, self.site.page.clock.now()
        content = await page.store.read(lambda tx: file_of(tx, page.library, found[0], now))
        named = {"content-disposition": f'attachment; filename="{NAME}"'}
        return Response(content, media_type="text/html", headers=named)

    async def erased(self, request: Request) -> Response:
        """Word that everything is gone."""
        return self.site.show(request, "chat_gone.html", heading="erased", line="")

    def _erased(self) -> Response:
        response = RedirectResponse(ERASED, 303)
        self.site.visitors.drop(response)
        return response


# --- Waiting ------------------------------------------------------------------------------------


async def _commits_while_here(store: Store, commits: int, request: Request, seconds: float) -> bool:
    """Wait for a commit after ``commits``; False when time is up or the browser has gone."""
    commit = asyncio.create_task(store.committed_after(commits))
    goodbye = asyncio.create_task(_goodbye(request))
    try:
        done, _ = await asyncio.wait(
            {commit, goodbye}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED
        )
        return done == {commit}
    finally:
        commit.cancel()
        goodbye.cancel()


async def _goodbye(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


# --- What a form says ---------------------------------------------------------------------------


def _event(form: Mapping[str, str]) -> Event | None:
    if tap := _TAP.fullmatch(form.get("tap", "")):
        return Tapped(int(tap[1]), tap[2])
    for control in get_args(Control):
        if form.get("ask") == control:
            return Asked(control)
    words = form.get("words", "").replace("\r\n", "\n").replace("\0", "").strip()
    return Wrote(words) if words else None


def update_of(form: Mapping[str, str]) -> int | None:
    """The number of a form: sent twice it counts once."""
    sent = form.get("update", "")
    return int(sent) if is_update(sent) else None


def back_to(form: Mapping[str, str]) -> str:
    """Where to read on: all of the page, or for a script what came after bubble ``na``."""
    after = form.get("na")
    return f"{TALK}#nu" if after is None else f"{NEWS}?nu=1&na={_row(after)}"


def _row(sent: str) -> int:
    return int(sent) if _ROW.fullmatch(sent) else 0
