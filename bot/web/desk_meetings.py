"""What a professional does at the desk after a talk: note it, and say how it was."""

from collections.abc import Sequence
from datetime import date, datetime

from starlette.responses import Response
from starlette.routing import Route

from bot.dialogue.facts import ASPECTS, VIEWS, Aspect, View
from bot.dialogue.meeting_screens import label_of
from bot.handover.moments import DUTCH_TIME
from bot.handover.page import DUTCH
from bot.professionals.meetings import Meetings, Outcome
from bot.professionals.met import Mark
from bot.professionals.reading import Opened
from bot.texts import Texts
from bot.web.desk_guard import LARGEST_ID, Desk, Visit, for_members, onward

TOLD: dict[Outcome, str] = {
    "met": "Genoteerd. Wie erbij was, krijgt één keer de vraag hoe het was.",
    "no day": "Kies een dag. Die ligt na de dag waarop de pagina kwam, en niet in de toekomst.",
    "waits": "Over het vorige gesprek kan nog iets gezegd worden. Er is nu niets genoteerd.",
    "said": "Dank je. Dit lezen jullie van elkaar als jullie allebei klaar zijn.",
    "passed": "Genoteerd. Jullie kant blijft leeg.",
    "nothing said": "Kies bij minstens één vraag een antwoord. Liever niet mag ook.",
    "gone": "Dat kan niet meer: er is al geantwoord, of het gesprek staat er niet meer.",
}
"""What someone reads after they did something."""

WRONG: tuple[Outcome, ...] = ("no day", "waits", "nothing said", "gone")

MARKED: dict[Mark, tuple[str, str]] = {
    "say": (
        "jij nog: hoe was het gesprek?",
        "Hoe was het gesprek van {on}? Jij kunt er nog iets over zeggen. Liever niet mag ook.",
    ),
    "leave": (
        "nog open: gesprek van een oud-collega",
        "Het gesprek van {on} was met een oud-collega. Jullie kant staat nog open.",
    ),
    "read": (
        "nieuw: hoe het gesprek was",
        "Nieuw: jullie zijn allebei klaar. Je kunt lezen hoe het gesprek van {on} was.",
    ),
}
"""What of a talk is still for a professional: in the list and beside the talk, and above the
page."""

MARKS = {mark: short for mark, (short, _) in MARKED.items()}

ASKED: dict[Aspect, tuple[str, str]] = {
    "listened": ("Luisteren", "Luisterde ik?"),
    "understood": ("Begrijpen", "Begreep ik waar het de ander om gaat?"),
    "weighed": ("Meetellen", "Telde mee wat de ander belangrijk vindt?"),
}
"""The same questions from our side: what each is called, and how it is asked."""


def meeting_routes(desk: Desk) -> list[Route]:
    """The addresses beside a page that a talk about it is noted and said something of at."""
    page = "/pagina/{page:int}"
    return [
        for_members(desk, f"{page}/gesprek", _note, "POST"),
        for_members(desk, f"{page}/gesprek-zeggen", _say, "POST"),
        for_members(desk, f"{page}/gesprek-niet", _leave, "POST"),
    ]


def meeting_words(texts: Texts, parts: Sequence[Opened], now: int) -> dict[str, object]:
    """The words of the forms; the first day they take, by the number of a part, and the last."""
    views: dict[View, str] = {}
    if any(part.met for part in parts):
        views = {view: texts.text(label_of(view), DUTCH, {}) for view in VIEWS}
    return {
        "asked": ASKED,
        "marks": MARKS,
        "marked": {mark: line for mark, (_, line) in MARKED.items()},
        "views": views,
        "choices": [view for view in VIEWS if view != "skipped"],
        "first_day": {part.listed.id: _day(part.page.came) for part in parts},
        "today": _day(now),
    }


async def _note(desk: Desk, visit: Visit) -> Response:
    try:
        on = date.fromisoformat(visit.form.get("dag", ""))
    except ValueError:
        on = None
    deeds, now = Meetings(desk.store, desk.library), desk.clock.now()
    return _after(visit, await deeds.note(visit.me, visit.page, on, now))


async def _say(desk: Desk, visit: Visit) -> Response:
    views = [visit.form.get(aspect, "skipped") for aspect in ASPECTS]
    deeds, now = Meetings(desk.store, desk.library), desk.clock.now()
    return _after(visit, await deeds.say(visit.me, visit.page, _meeting(visit), views, now))


async def _leave(desk: Desk, visit: Visit) -> Response:
    deeds, now = Meetings(desk.store, desk.library), desk.clock.now()
    return _after(visit, await deeds.leave(visit.me, visit.page, _meeting(visit), now))


def _meeting(visit: Visit) -> int:
    """The number of the talk in the form; one that no talk has, when it is none."""
    named = visit.form.get("gesprek", "")
    number = int(named) if named.isdecimal() and len(named) < 19 else 0
    return min(number, LARGEST_ID)


def _after(visit: Visit, outcome: Outcome) -> Response:
    return onward(f"/pagina/{visit.page}", gedaan=outcome)


def _day(at: int) -> str:
    return datetime.fromtimestamp(at, DUTCH_TIME).date().isoformat()
