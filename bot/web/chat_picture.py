"""The pictures in a conversation, for nobody but whoever has it open."""

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.families.allowance import Allowance, Counting, Limits
from bot.handover.drawing import drawn
from bot.storage.records import Chat
from bot.web.chat_site import Site

PICTURE = "/gesprek/tekening/{row:int}"

LIMITS = Limits(drawings=60)
"""So often pictures are drawn for one browser: what stands in the log is drawn at each visit."""


class Pictures:
    """The address of each picture that stands in the log."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._allowance = Allowance(LIMITS)

    async def picture(self, request: Request) -> Response:
        """The picture in this row of the log of whoever asks; for anybody else there is none.

        It is drawn again each time, and kept nowhere. Who asks for it too often waits (429): the
        page has all of it in words.
        """
        secret = self.site.visitors.read(request)
        found = await self.site.found(secret)
        row = request.path_params["row"]
        log = found[1] if found else []
        it = next((message.picture for id_, _, _, message in log if id_ == row), None)
        if it and not self._may_draw(secret):
            raise HTTPException(429, headers={"retry-after": str(LIMITS.drawn_within)})
        body = await drawn(it) if it else None
        if body is None:
            return self.site.gone(request)
        return Response(body, media_type="image/png")

    def _may_draw(self, secret: str) -> bool:
        now = self.site.page.clock.now()
        counting = Counting(self._allowance, now)
        may = counting.may_draw(Chat("web", secret))
        self._allowance.keep(counting, now)
        return may
