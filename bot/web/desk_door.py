"""The door of the desk in a browser: an invitation, logging in and out."""

import hmac

from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from bot.professionals import door, joining
from bot.professionals.door import LoggedIn, Refused
from bot.web.common import client_address
from bot.web.desk_guard import (
    LOG_IN,
    LOGGED_IN,
    Desk,
    Knock,
    Visit,
    for_anyone,
    for_members,
    let_in,
    show,
)

LONGEST_ADDRESS = 254


def door_routes(desk: Desk) -> list[Route]:
    """Every address at which someone comes in or goes."""
    routes = [
        for_anyone(desk, "/inloggen", _form),
        for_anyone(desk, "/inloggen", _log_in, "POST"),
        for_anyone(desk, "/uitnodiging/{token}", _invitation),
        for_anyone(desk, "/uitnodiging/{token}", _accept, "POST"),
        for_members(desk, "/uitloggen", _log_out, "POST"),
    ]
    if desk.demo is not None:
        routes.append(for_anyone(desk, "/demo/{token}", _demo))
    return routes


async def _form(_desk: Desk, knock: Knock) -> Response:
    gone = "gedaan" in knock.request.query_params
    return show(
        "desk_log_in.html",
        csrf=knock.csrf,
        email="",
        line="Je bent uitgelogd." if gone else "",
        is_wrong=False,
    )


async def _log_in(desk: Desk, knock: Knock) -> Response:
    email = knock.form.get("email", "")[:LONGEST_ADDRESS]
    came_in = await door.log_in(
        desk.store,
        email,
        knock.form.get("wachtwoord", ""),
        client_address(knock.request),
        desk.clock.now(),
    )
    if isinstance(came_in, LoggedIn):
        return let_in(desk, came_in.token)
    status = 429 if came_in.wait else 422
    response = show(
        "desk_log_in.html",
        status=status,
        csrf=knock.csrf,
        email=email,
        line=came_in.line,
        is_wrong=True,
    )
    if came_in.wait:
        response.headers["retry-after"] = str(came_in.wait)
    return response


async def _log_out(desk: Desk, visit: Visit) -> Response:
    await door.log_out(desk.store, visit.me, visit.token, desk.clock.now())
    response = RedirectResponse(f"{LOG_IN}?gedaan=uit", 303)
    desk.cookies.drop(response, LOGGED_IN)
    return response


async def _invitation(desk: Desk, knock: Knock) -> Response:
    return await _invited(desk, knock, "", "")


async def _accept(desk: Desk, knock: Knock) -> Response:
    name = knock.form.get("naam", "")
    came_in = await joining.accept(
        desk.store,
        knock.request.path_params["token"],
        name,
        knock.form.get("wachtwoord", ""),
        desk.clock.now(),
    )
    if isinstance(came_in, Refused):
        return await _invited(desk, knock, name, came_in.line)
    return let_in(desk, came_in.token)


async def _invited(desk: Desk, knock: Knock, name: str, line: str) -> Response:
    token = knock.request.path_params["token"]
    invitation = await joining.invited(desk.store, token, desk.clock.now())
    if invitation is None:
        return show("desk_no_invitation.html", status=404)
    return show(
        "desk_invitation.html",
        status=422 if line else 200,
        csrf=knock.csrf,
        invitation=invitation,
        name=name or invitation.name,
        line=line,
    )


async def _demo(desk: Desk, knock: Knock) -> Response:
    demo = desk.demo
    if demo is None or not hmac.compare_digest(
        knock.request.path_params["token"].encode(), demo.token.encode()
    ):
        raise HTTPException(404)
    came_in = await door.enter(desk.store, demo.email, desk.clock.now())
    if came_in is None:
        raise HTTPException(404)
    return let_in(desk, came_in.token)
