"""Answers a browser that plays a recording: all of it, or the part that it asks for."""

import re

from starlette.requests import Request
from starlette.responses import Response

from bot.storage.notes import Recording

_PART = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


def played(request: Request, recording: Recording) -> Response:
    """The recording under the type it was found to have; the part that ``Range`` asks for.

    One part at most: who asks for several gets all of it (RFC 9110, 14.2). A part that is not there
    is refused (416).
    """
    content, size = recording.content, len(recording.content)
    headers = {"accept-ranges": "bytes", "content-disposition": "inline"}
    asked = _part(request)
    if asked is None:
        return Response(content, media_type=recording.mime, headers=headers)
    start, end = _between(*asked, size)
    if start > end or start >= size:
        return Response(status_code=416, headers={**headers, "content-range": f"bytes */{size}"})
    headers["content-range"] = f"bytes {start}-{end}/{size}"
    part = content[start : end + 1]
    return Response(part, status_code=206, media_type=recording.mime, headers=headers)


def begins(request: Request) -> bool:
    """Whether it is asked for from its beginning."""
    asked = _part(request)
    return asked is None or (bool(asked[0]) and int(asked[0]) == 0)


def _part(request: Request) -> tuple[str, str] | None:
    found = _PART.fullmatch(request.headers.get("range", "").replace(" ", ""))
    return (found[1], found[2]) if found and (found[1] or found[2]) else None


def _between(first: str, last: str, size: int) -> tuple[int, int]:
    """The first and the last byte asked for; ``-500`` asks for the last five hundred."""
    if not first:
        return max(0, size - int(last)), size - 1 if int(last) else -1
    return int(first), min(int(last), size - 1) if last else size - 1
