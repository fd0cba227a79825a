"""Recordings on the chat page: taken in from a browser, and played back to who made them.

What is uploaded stays in memory until it is sealed; no temporary file ever holds it.
"""

from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.dialogue.events import Event, Sent, Spoke
from bot.dialogue.hearing import LARGEST_NOTE
from bot.families.incoming import Recorded
from bot.sounds import kind_of
from bot.storage import notes
from bot.storage.notes import About
from bot.web.chat_site import Site
from bot.web.chat_talk import back_to, update_of
from bot.web.chat_visit import refuse_from_elsewhere
from bot.web.playing import played

SPEAK = "/gesprek/opname"
PLAY = "/gesprek/opname/{note:int}"

AROUND = 64 * 1024
"""Bytes that a form may have around a recording."""

LARGEST_UPLOAD = LARGEST_NOTE + AROUND
"""Bytes of a request with a recording in it; every other request may have much less."""

HIGHEST = 2**63 - 1

LONGEST_TOLD = 24 * 3600
"""Seconds a browser can say that a recording lasts; what is over our own limit is refused."""


class Recordings:
    """The addresses of recordings."""

    def __init__(self, site: Site) -> None:
        self.site = site

    async def speak(self, request: Request) -> Response:
        """Something was said aloud; on to the page that shows what came of it."""
        refuse_from_elsewhere(request)
        secret = self.site.visitors.read(request)
        if await self.site.found(secret) is None:
            return self.site.gone(request)
        form = await _form(request)
        upload = form.get("recording")
        content = await upload.read() if isinstance(upload, UploadFile) else b""
        fields = {name: each for name, each in form.items() if isinstance(each, str)}
        await form.close()
        if content:
            event, recorded = _said(content, fields.get("seconds", ""))
            await self.site.happens(secret, event, update=update_of(fields), recorded=recorded)
        response = RedirectResponse(back_to(fields), 303)
        self.site.visitors.put(response, secret)
        return response

    async def play(self, request: Request) -> Response:
        """A recording of whoever asks; for anybody else there is none."""
        found = await self.site.opened(self.site.visitors.read(request))
        number = int(request.path_params["note"])
        if found is None or number > HIGHEST:
            return self.site.gone(request)
        voice = found[0].id
        it = await self.site.page.store.read(lambda tx: notes.of_voice(tx, voice, number))
        return self.site.gone(request) if it is None else played(request, it)


class _InMemory(MultiPartParser):
    """Keeps what is uploaded in memory: the usual one writes it to a temporary file."""

    spool_max_size = LARGEST_UPLOAD + 1


async def _form(request: Request) -> FormData:
    """The posted form. What is no such form, or has more in it than ours, is refused (400)."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise HTTPException(400)
    parser = _InMemory(request.headers, request.stream(), max_files=1, max_fields=8)
    try:
        return await parser.parse()
    except (MultiPartException, KeyError) as error:
        raise HTTPException(400) from error


def _said(content: bytes, told: str) -> tuple[Event, Recorded | None]:
    """What it is, by how it begins: what a browser calls it counts for nothing."""
    kind = kind_of(content)
    if kind is None:
        return Sent("audio"), None
    is_number = told.isascii() and told.isdecimal() and len(told) < 9
    seconds = min(int(told), LONGEST_TOLD) if is_number else 0
    recorded = Recorded(About(seconds, kind), content)
    return Spoke(0, seconds, len(content)), recorded
