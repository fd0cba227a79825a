"""What a professional can set at the desk: a password, and a Telegram chat for notices."""

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from bot.professionals import door, joining, notices
from bot.web.desk_guard import Desk, Visit, for_members, onward, show
from bot.web.desk_pages import team_name

TOLD = {
    "wachtwoord": "Je wachtwoord is veranderd.",
    "telegram-los": "Je krijgt geen berichten meer in Telegram.",
}


def settings_routes(desk: Desk) -> list[Route]:
    """Every address of the settings."""
    return [
        for_members(desk, "/instellingen", _settings),
        for_members(desk, "/instellingen/wachtwoord", _password, "POST"),
        for_members(desk, "/instellingen/telegram", _link, "POST"),
        for_members(desk, "/instellingen/telegram-los", _unlink, "POST"),
    ]


async def _settings(desk: Desk, visit: Visit) -> Response:
    done = visit.request.query_params.get("gedaan", "")
    return await _shown(desk, visit, TOLD.get(done, ""))


async def _password(desk: Desk, visit: Visit) -> Response:
    fault = await door.change_password(
        desk.store,
        visit.me,
        visit.token,
        visit.form.get("oud", ""),
        visit.form.get("nieuw", ""),
        desk.clock.now(),
    )
    if fault:
        return await _shown(desk, visit, fault, status=422)
    return onward("/instellingen", gedaan="wachtwoord")


async def _link(desk: Desk, visit: Visit) -> Response:
    if not desk.telegram:
        raise HTTPException(404)
    payload = await notices.new_link(desk.store, visit.me, desk.clock.now())
    return await _shown(desk, visit, "", link=f"https://t.me/{desk.telegram}?start={payload}")


async def _unlink(desk: Desk, visit: Visit) -> Response:
    await notices.unlink(desk.store, visit.me, desk.clock.now())
    return onward("/instellingen", gedaan="telegram-los")


async def _shown(
    desk: Desk, visit: Visit, line: str, *, link: str = "", status: int = 200
) -> Response:
    teams = await joining.colleagues(desk.store, visit.me)
    return show(
        "desk_settings.html",
        status=status,
        visit=visit,
        teams=[(team_name(desk, team), names) for team, names in teams.items()],
        has_mail=desk.has_mail,
        has_telegram=bool(desk.telegram),
        is_linked=await notices.is_linked(desk.store, visit.me),
        telegram_link=link,
        line=line,
        is_wrong=status != 200,
    )
