"""The pages of the teams in a browser: the list, one page, and what is done with it."""

import asyncio
from typing import get_args

from starlette.responses import Response
from starlette.routing import Route

from bot.handover import headings
from bot.handover.circle_page import circle_on, circle_words
from bot.handover.page import DUTCH, as_json, as_text
from bot.handover.pdf import page_pdf
from bot.handover.picture import alternative, picture
from bot.professionals import reading
from bot.professionals.work import LONGEST_ANSWER, Outcome, Work
from bot.web.desk_guard import Desk, Visit, for_members, onward, show

TOLD: dict[Outcome, str] = {
    "claimed": "Je leest deze pagina nu. Je collega's zien dat.",
    "taken over": "De pagina is nu van jou.",
    "read": "Genoteerd. Het gezin hoort dat je het gelezen hebt.",
    "answered": "Je bericht gaat naar het gezin.",
    "closed": "De pagina is gesloten.",
    "too late": "Dat kan niet meer: een collega was je voor, of het was al gedaan.",
    "empty": "Schrijf eerst een bericht.",
    "too long": f"Je bericht is langer dan {LONGEST_ANSWER} tekens. Maak het korter.",
}
"""What someone reads after they did something."""

UNTOLD = "Genoteerd. Het gesprek van dit gezin is er niet meer, dus het hoort dit niet."

WRONG: tuple[Outcome, ...] = ("too late", "empty", "too long")


def page_routes(desk: Desk) -> list[Route]:
    """The list, and every address of one page."""
    page = "/pagina/{page:int}"
    return [
        for_members(desk, "", _list),
        for_members(desk, page, _page),
        for_members(desk, f"{page}/tekst", _text),
        for_members(desk, f"{page}/json", _json),
        for_members(desk, f"{page}/pdf", _pdf),
        for_members(desk, f"{page}/kring", _circle),
        for_members(desk, f"{page}/oppakken", _claim, "POST"),
        for_members(desk, f"{page}/overnemen", _take_over, "POST"),
        for_members(desk, f"{page}/gelezen", _read, "POST"),
        for_members(desk, f"{page}/antwoord", _answer, "POST"),
        for_members(desk, f"{page}/sluiten", _close, "POST"),
    ]


async def _list(desk: Desk, visit: Visit) -> Response:
    return show(
        "desk_list.html",
        visit=visit,
        listed=await reading.listed(desk.store, visit.me),
        teams=[team_name(desk, team) for team in visit.me.teams],
        now=desk.clock.now(),
    )


async def _page(desk: Desk, visit: Visit) -> Response:
    done = visit.request.query_params.get("gedaan", "")
    return await _opened(desk, visit, next((each for each in TOLD if each == done), None))


async def _opened(
    desk: Desk, visit: Visit, outcome: Outcome | None, *, draft: str = "", status: int = 200
) -> Response:
    now = desk.clock.now()
    opened = await reading.opened(desk.store, visit.me, visit.page, now)
    line = TOLD[outcome] if outcome else ""
    if outcome == "read" and opened.family == "gone":
        line = UNTOLD
    circle = circle_on(opened.page)
    return show(
        "desk_page.html",
        status=status,
        circle=alternative(circle, circle_words(desk.library.texts, DUTCH))
        if circle.people
        else "",
        visit=visit,
        opened=opened,
        consent=headings.consent(opened.page.team_name),
        open_questions=headings.OPEN_QUESTIONS,
        small_print=headings.small_print(opened.page.page_days, opened.listed.delete_after),
        longest=LONGEST_ANSWER,
        draft=draft,
        line=line,
        is_wrong=outcome in WRONG,
        now=now,
    )


async def _text(desk: Desk, visit: Visit) -> Response:
    opened = await reading.opened(
        desk.store, visit.me, visit.page, desk.clock.now(), "page taken as text"
    )
    return show(
        "desk_text.html",
        visit=visit,
        id=visit.page,
        code=opened.page.code,
        text=as_text(opened.page, opened.listed.delete_after),
    )


async def _json(desk: Desk, visit: Visit) -> Response:
    opened = await reading.opened(
        desk.store, visit.me, visit.page, desk.clock.now(), "page taken as json"
    )
    named = {"content-disposition": f'attachment; filename="{opened.page.code}.json"'}
    return Response(as_json(opened.page), media_type="application/json", headers=named)


async def _pdf(desk: Desk, visit: Visit) -> Response:
    opened = await reading.opened(
        desk.store, visit.me, visit.page, desk.clock.now(), "page taken as pdf"
    )
    made = await asyncio.to_thread(page_pdf, opened.page, opened.listed.delete_after)
    named = {"content-disposition": f'attachment; filename="{opened.page.code}.pdf"'}
    return Response(made.body, media_type="application/pdf", headers=named)


async def _circle(desk: Desk, visit: Visit) -> Response:
    opened = await reading.opened(desk.store, visit.me, visit.page, desk.clock.now(), "circle seen")
    circle, words = circle_on(opened.page), circle_words(desk.library.texts, DUTCH)
    drawn = await asyncio.to_thread(picture, circle, words, right_to_left=False)
    return Response(drawn, media_type="image/png")


async def _claim(desk: Desk, visit: Visit) -> Response:
    work = Work(desk.store, desk.library)
    return _after(visit, await work.claim(visit.me, visit.page, desk.clock.now()))


async def _take_over(desk: Desk, visit: Visit) -> Response:
    named = visit.form.get("houder", "")
    holder = int(named) if named.isdecimal() and len(named) < 19 else None
    work = Work(desk.store, desk.library)
    now = desk.clock.now()
    return _after(visit, await work.take_over(visit.me, visit.page, now, holder=holder))


async def _read(desk: Desk, visit: Visit) -> Response:
    work = Work(desk.store, desk.library)
    return _after(visit, await work.mark_read(visit.me, visit.page, desk.clock.now()))


async def _answer(desk: Desk, visit: Visit) -> Response:
    words = visit.form.get("antwoord", "")
    work = Work(desk.store, desk.library)
    outcome = await work.answer(visit.me, visit.page, words, desk.clock.now())
    if outcome in WRONG:
        return await _opened(desk, visit, outcome, draft=words, status=422)
    return _after(visit, outcome)


async def _close(desk: Desk, visit: Visit) -> Response:
    work = Work(desk.store, desk.library)
    return _after(visit, await work.close(visit.me, visit.page, desk.clock.now()))


def _after(visit: Visit, outcome: Outcome) -> Response:
    return onward(f"/pagina/{visit.page}", gedaan=outcome)


def team_name(desk: Desk, team: str) -> str:
    """What a team is called; by its id when its profile is gone."""
    profile = desk.library.teams.get(team)
    return profile.name if profile else team


assert set(TOLD) == set(get_args(Outcome))  # noqa: S101 - every outcome has its line
