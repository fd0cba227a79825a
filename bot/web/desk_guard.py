"""Who may do what at the desk: every request passes here before anything of it happens.

A route says whom it is for: ``for_members`` (someone who logged in and was not removed) or
``for_anyone``. What is posted counts only with the token that our own form carried, bound to the
log-in or, before there is one, to a cookie of its own; and only when the browser does not say that
another site sent it.
"""

import hmac
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from bot.library import Library
from bot.professionals import door, reading
from bot.professionals.reading import NotYoursError
from bot.storage.records import Professional
from bot.storage.store import Store
from bot.web.common import Clock, CookieOptions, cookie_options, form_of, render

DESK = "/bureau"
"""Where the desk is, on the site."""

LOG_IN = f"{DESK}/inloggen"

LOGGED_IN = "bureau"
BEFORE = "bureau-formulier"
"""The cookies: of a log-in, and of the forms before there is one."""

LARGEST_ID = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Demo:
    """One click and someone is in, for a demonstration only: who has ``token`` is ``email``."""

    token: str = field(repr=False)
    email: str


@dataclass(frozen=True, slots=True)
class Desk:
    """What the desk needs.

    ``telegram`` is the bot's name there, if it has one; ``has_mail`` whether notices go by mail.
    """

    store: Store
    library: Library
    clock: Clock
    public_url: str
    telegram: str = ""
    demo: Demo | None = None
    has_mail: bool = True

    @property
    def cookies(self) -> CookieOptions:
        """How its cookies are set."""
        return cookie_options(self.public_url)

    def proof(self, purpose: str, secret: str) -> str:
        """What a form carries to show that it is ours, made for whoever holds ``secret``."""
        return self.store.vault.lookup(f"form/{purpose}", secret).hex()


@dataclass(frozen=True, slots=True)
class Visit:
    """A request of someone who logged in, with the fields they posted, if they posted any."""

    request: Request
    me: Professional
    token: str = field(repr=False)
    csrf: str = field(repr=False)
    form: Mapping[str, str] = field(default_factory=dict, repr=False)

    @property
    def page(self) -> int:
        """The number of the page in the address; one that cannot exist is not there (404)."""
        number = int(self.request.path_params["page"])
        if number > LARGEST_ID:
            raise HTTPException(404)
        return number


@dataclass(frozen=True, slots=True)
class Knock:
    """A request of anyone, with the fields they posted, if they posted any."""

    request: Request
    csrf: str = field(repr=False)
    form: Mapping[str, str] = field(default_factory=dict, repr=False)


MemberPage: TypeAlias = Callable[[Desk, Visit], Awaitable[Response]]
OpenPage: TypeAlias = Callable[[Desk, Knock], Awaitable[Response]]


def for_members(desk: Desk, path: str, page: MemberPage, method: str = "GET") -> Route:
    """A route under the desk for who logged in; others are asked to, or refused (403)."""

    async def guarded(request: Request) -> Response:
        token = desk.cookies.read(request, LOGGED_IN)
        me = await door.visitor(desk.store, token, desk.clock.now()) if token else None
        if me is None:
            return _stranger(request)
        csrf = desk.proof("member", token)
        form = await _posted(request, csrf)
        visit = Visit(request, me, token, csrf, form)
        try:
            return await page(desk, visit)
        except NotYoursError as error:
            gone = await reading.taken_back(desk.store, me, error.page)
            if gone is None:
                raise HTTPException(404) from error
            return show("desk_taken_back.html", status=410, visit=visit, at=gone)

    return Route(DESK + path, guarded, methods=[method], name=f"{method} {path}")


def for_anyone(desk: Desk, path: str, page: OpenPage, method: str = "GET") -> Route:
    """A route under the desk that is open to who did not log in yet."""

    async def open_(request: Request) -> Response:
        secret = desk.cookies.read(request, BEFORE)
        fresh = not secret
        if fresh:
            secret = secrets.token_urlsafe(32)
        csrf = desk.proof("anyone", secret)
        form = await _posted(request, csrf)
        response = await page(desk, Knock(request, csrf, form))
        if fresh:
            desk.cookies.put(response, BEFORE, secret)
        return response

    return Route(DESK + path, open_, methods=[method], name=f"{method} {path}")


def let_in(desk: Desk, token: str) -> Response:
    """To the list, with the cookie of a log-in."""
    response = RedirectResponse(DESK, 303)
    desk.cookies.put(response, LOGGED_IN, token, door.LONGEST)
    return response


def onward(path: str, **query: str) -> Response:
    """To another page of the desk, after something was posted."""
    return RedirectResponse(f"{DESK}{path}{'?' if query else ''}{urlencode(query)}", 303)


def show(
    template: str, *, status: int = 200, visit: Visit | None = None, **values: object
) -> HTMLResponse:
    """A page of the desk, with its bar for whom it is shown to."""
    return render(template, status=status, desk=DESK, visit=visit, **values)


async def _posted(request: Request, csrf: str) -> Mapping[str, str]:
    """The fields of the form; 403 when it is not one of ours."""
    if request.method != "POST":
        return {}
    if request.headers.get("sec-fetch-site", "same-origin") not in {"same-origin", "none"}:
        raise HTTPException(403)
    form = await form_of(request)
    if not hmac.compare_digest(form.get("csrf", "").encode(), csrf.encode()):
        raise HTTPException(403)
    return form


def _stranger(request: Request) -> Response:
    if request.method == "POST":
        return show("desk_away.html", status=403)
    if request.headers.get("sec-fetch-site") == "cross-site":
        # Our cookies stay away when someone follows a link in their web mail. From a page of our
        # own they come along, so that whoever is logged in needs not do it again.
        return render("desk_onward.html", path=request.url.path)
    return RedirectResponse(LOG_IN, 303)
