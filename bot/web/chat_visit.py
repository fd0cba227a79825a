"""Who visits the chat page: the secret in their cookie, their language, the site they are from."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from bot.teams import LONGEST_KEPT
from bot.web.common import CookieOptions

COOKIE = "gesprek"
KEPT = LONGEST_KEPT * 86_400
"""Seconds a browser remembers its conversation: as long as a draft is kept at most."""

LONGEST_SECRET = 128


def new_secret() -> str:
    """256 bits that find a conversation: nobody guesses them, and we keep only their hash."""
    return secrets.token_urlsafe(32)


@dataclass(frozen=True, slots=True)
class Pass:
    """The cookie that finds someone's conversation.

    It is ``Lax`` and not ``Strict``: who opens their own link from a message or a mail must arrive
    in their conversation. A form posted from elsewhere carries no ``Lax`` cookie either.
    """

    options: CookieOptions

    def read(self, request: Request) -> str:
        """The secret, or nothing."""
        return self.options.read(request, COOKIE)[:LONGEST_SECRET]

    def put(self, response: Response, secret: str) -> None:
        """Let this browser find the conversation again, for as long as a draft can be kept."""
        response.set_cookie(
            self.options.named(COOKIE),
            secret,
            max_age=KEPT,
            path="/",
            secure=self.options.secure,
            httponly=True,
            samesite="lax",
        )

    def drop(self, response: Response) -> None:
        """Let this browser forget the conversation."""
        response.delete_cookie(
            self.options.named(COOKIE),
            path="/",
            secure=self.options.secure,
            httponly=True,
            samesite="lax",
        )


def refuse_from_elsewhere(request: Request) -> None:
    """Refuse (403) a form that another site posts.

    Browsers say where a request comes from in ``Sec-Fetch-Site``; older ones only in ``Origin``,
    which is ``null`` for our own forms too, because our pages send no referrer.
    """
    site = request.headers.get("sec-fetch-site")
    origin = request.headers.get("origin", "null")
    if site is not None:
        ours = site in {"same-origin", "none"}
    else:
        ours = origin == "null" or urlsplit(origin).netloc == request.headers.get("host")
    if not ours:
        raise HTTPException(403)


def language_of(request: Request, offered: Sequence[str]) -> str:
    """The language someone asked for with ``?taal=``, else the first their browser reads."""
    accepted = [entry.partition(";") for entry in _accepted(request).split(",")]
    ranked = sorted(accepted, key=lambda entry: _weight(entry[2]), reverse=True)
    wished = [request.query_params.get("taal", ""), *(entry[0].strip() for entry in ranked)]
    for wish in wished:
        if wish in offered:
            return wish
        if (short := wish.partition("-")[0].lower()) in offered:
            return short
    return offered[0]


def _accepted(request: Request) -> str:
    return request.headers.get("accept-language", "")[:500]


def _weight(parameters: str) -> float:
    try:
        return float(parameters.strip().removeprefix("q="))
    except ValueError:
        return 1.0
