"""The pages of the teams in a browser: the list, one page, and what is done with it."""

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from bot.handover import first_talk, headings
from bot.handover.apart import apart
from bot.handover.circle_page import circle_on, circle_words, paper_words
from bot.handover.in_words import alternative
from bot.handover.page import DUTCH, as_json, recordings_on
from bot.handover.pdf import page_pdf
from bot.handover.picture import picture
from bot.handover.plain import as_text
from bot.professionals import cases, reading
from bot.professionals.cases import OpenedCase
from bot.professionals.work import LONGEST_ANSWER, Outcome, Work
from bot.web import desk_meetings
from bot.web.common import policy
from bot.web.desk_guard import LARGEST_ID, Desk, Visit, for_members, onward, show
from bot.web.desk_meetings import meeting_words
from bot.web.playing import begins, played

TOLD: dict[Outcome, str] = {
    "claimed": "Je leest deze pagina nu. Je collega's zien dat.",
    "taken over": "De pagina is nu van jou.",
    "read": "Genoteerd. Het gezin hoort dat je het gelezen hebt.",
    "answered": "Je bericht gaat naar het gezin.",
    "closed": "De pagina is gesloten.",
    "given back": "De pagina is gewist. Het gezin hoort dat.",
    "too late": "Dat kan niet meer: een collega was je voor, of het was al gedaan.",
    "empty": "Schrijf eerst een bericht.",
    "too long": f"Je bericht is langer dan {LONGEST_ANSWER} tekens. Maak het korter.",
}
"""What someone reads after they did something."""

UNTOLD = "Genoteerd. Het gesprek van dit gezin is er niet meer, dus het hoort dit niet."

WRONG: tuple[Outcome, ...] = ("too late", "empty", "too long")

LINES: dict[str, tuple[str, bool]] = {
    **{done: (line, done in WRONG) for done, line in TOLD.items()},
    **{done: (line, done in desk_meetings.WRONG) for done, line in desk_meetings.TOLD.items()},
}
"""Every line on a page about what was done, and whether that went wrong, by what came of it."""


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
        for_members(desk, f"{page}/opname/{{note:int}}", _recording),
        for_members(desk, f"{page}/oppakken", _claim, "POST"),
        for_members(desk, f"{page}/overnemen", _take_over, "POST"),
        for_members(desk, f"{page}/gelezen", _read, "POST"),
        for_members(desk, f"{page}/antwoord", _answer, "POST"),
        for_members(desk, f"{page}/sluiten", _close, "POST"),
        for_members(desk, f"{page}/teruggeven", _give_back, "POST"),
    ]


async def _list(desk: Desk, visit: Visit) -> Response:
    done = visit.request.query_params.get("gedaan", "")
    return show(
        "desk_list.html",
        visit=visit,
        listed=await cases.listed(desk.store, visit.me),
        teams=[team_name(desk, team) for team in visit.me.teams],
        line=TOLD["given back"] if done == "given back" else "",
        marks=desk_meetings.MARKS,
        now=desk.clock.now(),
    )


async def _page(desk: Desk, visit: Visit) -> Response:
    done = visit.request.query_params.get("gedaan", "")
    return await _opened(desk, visit, done)


async def _opened(
    desk: Desk, visit: Visit, outcome: str, *, draft: str = "", status: int = 200
) -> Response:
    now = desk.clock.now()
    opened = await cases.opened(desk.store, visit.me, visit.page, now)
    line, is_wrong = LINES.get(outcome, ("", False))
    if outcome == "read" and all(part.family == "gone" for part in opened.parts):
        line = UNTOLD
    spoken = [part.listed.id for part in opened.parts if recordings_on(part.page)]
    response = show(
        "desk_page.html",
        status=status,
        recordings=await reading.recordings(desk.store, spoken),
        circles=_circles(desk, opened),
        visit=visit,
        opened=opened,
        consent=headings.consent(opened.page.team_name),
        bare=headings.bare(opened.page.bare_sections),
        part_gone=headings.PART_GONE if opened.is_less else "",
        talk_about=headings.TALK_ABOUT,
        wish=first_talk.wish(opened.page),
        wishes=first_talk.wishes(opened.page),
        small_print=headings.small_print(opened.page.page_days, opened.case.delete_after),
        longest=LONGEST_ANSWER,
        draft=draft,
        drafted=visit.page,
        line=line,
        is_wrong=is_wrong,
        meeting=meeting_words(desk.library.texts, opened.parts, now),
        now=now,
    )
    if spoken:
        response.headers["content-security-policy"] = policy(media="'self'")
    return response


def _circles(desk: Desk, opened: OpenedCase) -> list[tuple[int, str, str]]:
    """Of each part with people in it: its number, the label of its voice, and who is in it."""
    words = circle_words(desk.library.texts, DUTCH)
    return [
        (part.listed.id, label, alternative(circle_on(part.page), words))
        for label, part in opened.beside
        if part.page.circle
    ]


async def _text(desk: Desk, visit: Visit) -> Response:
    opened = await cases.opened(
        desk.store, visit.me, visit.page, desk.clock.now(), "page taken as text"
    )
    return show(
        "desk_text.html",
        visit=visit,
        id=visit.page,
        code=opened.page.code,
        text=as_text(opened.page, opened.case.delete_after),
    )


async def _json(desk: Desk, visit: Visit) -> Response:
    opened = await cases.opened(
        desk.store, visit.me, visit.page, desk.clock.now(), "page taken as json"
    )
    named = {"content-disposition": f'attachment; filename="{opened.page.code}.json"'}
    return Response(as_json(opened.page), media_type="application/json", headers=named)


async def _pdf(desk: Desk, visit: Visit) -> Response:
    opened = await cases.opened(
        desk.store, visit.me, visit.page, desk.clock.now(), "page taken as pdf"
    )
    words = paper_words(desk.library.texts, DUTCH)
    made = await apart(page_pdf, opened.page, words, opened.case.delete_after)
    named = {"content-disposition": f'attachment; filename="{opened.page.code}.pdf"'}
    return Response(made.body, media_type="application/pdf", headers=named)


async def _circle(desk: Desk, visit: Visit) -> Response:
    opened = await reading.opened(desk.store, visit.me, visit.page, desk.clock.now(), "circle seen")
    circle, words = circle_on(opened.page), circle_words(desk.library.texts, DUTCH)
    drawn = await apart(picture, circle, words, right_to_left=False)
    return Response(drawn, media_type="image/png")


async def _recording(desk: Desk, visit: Visit) -> Response:
    number = int(visit.request.path_params["note"])
    if number > LARGEST_ID:
        raise HTTPException(404)
    found = await reading.recording(
        desk.store,
        visit.me,
        visit.page,
        number,
        desk.clock.now(),
        begins=begins(visit.request),
    )
    if found is None:
        raise HTTPException(404)
    return played(visit.request, found)


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


async def _give_back(desk: Desk, visit: Visit) -> Response:
    outcome = await Work(desk.store, desk.library).give_back(visit.me, visit.page, desk.clock.now())
    return _after(visit, outcome) if outcome in WRONG else onward("", gedaan=outcome)


def _after(visit: Visit, outcome: Outcome) -> Response:
    return onward(f"/pagina/{visit.page}", gedaan=outcome)


def team_name(desk: Desk, team: str) -> str:
    """What a team is called; by its id when its profile is gone."""
    profile = desk.library.teams.get(team)
    return profile.name if profile else team
