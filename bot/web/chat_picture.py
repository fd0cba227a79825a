"""The pictures in a conversation, for nobody but whoever has it open."""

from starlette.requests import Request
from starlette.responses import Response

from bot.handover.drawing import drawn
from bot.web.chat_site import Site

PICTURE = "/gesprek/tekening/{row:int}"


class Pictures:
    """The address of each picture that stands in the log."""

    def __init__(self, site: Site) -> None:
        self.site = site

    async def picture(self, request: Request) -> Response:
        """The picture in this row of the log of whoever asks; for anybody else there is none.

        It is drawn again each time, and kept nowhere.
        """
        found = await self.site.found(self.site.visitors.read(request))
        row = request.path_params["row"]
        log = found[1] if found else []
        it = next((message.picture for id_, _, _, message in log if id_ == row), None)
        body = await drawn(it) if it else None
        if body is None:
            return self.site.gone(request)
        return Response(body, media_type="image/png")
