"""Lays out what a family told as one page for a professional.

The page adds nothing to what was told, ranks nothing and advises nothing. Own words stand there
word for word, in the language they were said in; what was chosen stands in Dutch, with the words
the family saw beside it when those were not Dutch. Nobody's name is on it unless the family gave
it: their own, and what they call the people around them.

``as_json`` has a stable shape, which is also how a page is kept. Fields may be added to it, never
taken away or given another meaning, unless ``schema`` goes up::

    {"code": "Beuk-4F72", "team": "noord", "team_name": "Wijkteam Noord", "dialogue": "ouder",
     "language": "tr", "language_name": "Turks", "came": 1763755555, "page_days": 30,
     "filled_in_by": "ouder of verzorger", "mode": "knoppen en eigen woorden",
     "sections": [{"name": "vraag", "heading": "De vraag, en wat erachter zit", "missing": "",
                   "items": [{"heading": "Over wie", "language": "tr", "dutch": "Over mijn kind",
                              "original": "Çocuğum hakkında", "own_words": false}]}],
     "circle": [{"name": "Oma", "near": true, "gives": true, "costs": false, "important": true,
                 "thinks_along": true, "asked": false}],
     "not_heard": ["kind of jongere", "andere ouder"], "schema": 1}

``came`` is in Unix seconds; ``dutch`` and ``original`` are text or null; several choices are
several lines, and so are several people. ``circle`` has everybody who was named, with what was told
of them: ``near`` is true for very close, false for further away, null when it was not said.
"""

from collections.abc import Iterator, Mapping
from itertools import zip_longest
from typing import assert_never

from msgspec import Struct

from bot.dialogue.circle import Circle, Person
from bot.dialogue.conversation import Chosen, Counted, Named, Reached, Skipped, Text, Worded
from bot.dialogue.summary import Item, Summary, person_line
from bot.dialogue.tree import SECTIONS
from bot.handover import headings
from bot.handover.moments import moment
from bot.handover.visible import visible
from bot.storage import codec
from bot.teams import Team
from bot.texts import Texts
from bot.wording.words import MissingTextError, Values

DUTCH = "nl"


class PageItem(Struct, frozen=True):
    """One thing that was told: chosen in ``dutch``, or said in ``original``, or chosen in both."""

    heading: str
    language: str
    dutch: str | None = None
    original: str | None = None
    own_words: bool = False

    def __repr__(self) -> str:
        return "PageItem(…)"

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Line by line the Dutch and what the family saw or typed; "" where there is none."""
        yield from zip_longest(
            self.dutch.split("\n") if self.dutch else (),
            self.original.split("\n") if self.original else (),
            fillvalue="",
        )


class PagePerson(Struct, frozen=True):
    """Someone in the circle, as ``bot.dialogue.circle.Person``, without a number of ours."""

    name: str
    near: bool | None
    gives: bool
    costs: bool
    important: bool
    thinks_along: bool
    asked: bool

    def __repr__(self) -> str:
        return "PagePerson(…)"


class PageSection(Struct, frozen=True):
    """One section of the page. ``missing`` says what is not there when it is empty, else ""."""

    name: str
    heading: str
    items: tuple[PageItem, ...] = ()
    missing: str = ""


class Page(Struct, frozen=True):
    """The page as it is handed over. ``page_days`` is how long it is kept after an answer."""

    code: str
    team: str
    team_name: str
    dialogue: str
    language: str
    language_name: str
    came: int
    page_days: int
    filled_in_by: str
    mode: str
    sections: tuple[PageSection, ...]
    circle: tuple[PagePerson, ...] = ()
    not_heard: tuple[str, ...] = ()
    schema: int = 1


def make_page(
    summary: Summary,
    texts: Texts,
    team: Team,
    now: int,
    *,
    code: str,
    values: Values,
    stored: Mapping[str, Mapping[str, str]] | None = None,
) -> Page:
    """The page for ``team`` of what is in ``summary``, nothing more and nothing less.

    ``values`` fills the placeholders; ``stored`` holds the words of a stored revision by language,
    for texts that are not known any more. Every section of the tree is there, in its order.
    """
    language = summary.language

    def said(text: Text, language: str) -> str:
        return texts.text(text, language, values, (stored or {}).get(language))

    def words(key: str, language: str) -> str:
        try:
            return said(Text(key), language)
        except MissingTextError:
            # What was told has to arrive, even under a name that is only ours.
            return key.removesuffix("/short").rpartition("/")[2]

    def laid_out(item: Item) -> Iterator[PageItem]:
        heading = words(f"{item.context}/short", DUTCH)
        match item.answer:
            case Chosen(codes):
                keys = [f"{item.context}/choices/{code}" for code in codes]
                dutch = "\n".join(words(key, DUTCH) for key in keys)
                seen = "\n".join(words(key, language) for key in keys)
                seen_too = None if seen == dutch else seen
                yield PageItem(heading, language, dutch or headings.NOTHING_CHOSEN, seen_too)
            case Worded(language=spoken):
                yield PageItem(heading, spoken, original=item.answer.words, own_words=True)
            case Counted(number):
                yield PageItem(heading, language, dutch=str(number))
            case Reached(line):
                yield PageItem(heading, language, original=line)
            case Named():
                people = item.circle.people if item.circle else ()
                lines = [said(person_line(person), DUTCH) for person in people]
                yield PageItem(heading, language, dutch="\n".join(lines))
            case Skipped():
                return
            case _:
                assert_never(item.answer)

    placed = {
        section: tuple(
            shown for item in summary.items if item.section == section for shown in laid_out(item)
        )
        for section in SECTIONS
    }
    return Page(
        code=code,
        team=team.id,
        team_name=team.name,
        dialogue=summary.dialogue,
        language=language,
        language_name=headings.language_name(language),
        came=now,
        page_days=team.page_days,
        filled_in_by=headings.WHO.get(summary.dialogue, f"iemand, in ‘{summary.dialogue}’"),
        mode=_mode(summary),
        sections=tuple(
            PageSection(
                section,
                headings.HEADINGS[section],
                items,
                "" if items else headings.missing(section),
            )
            for section, items in placed.items()
        ),
        circle=tuple(
            _page_person(person)
            for item in summary.items
            for person in (item.circle or Circle()).people
        ),
        not_heard=headings.NOT_HEARD.get(summary.dialogue, ()),
    )


def as_text(page: Page, delete_after: int | None = None) -> str:
    """The page as plain text, to carry into a file of one's own.

    Invisible characters are written as their numbers. ``delete_after`` is when the page goes; None
    says how long after an answer it goes.
    """
    return "\n".join(_lines(page, delete_after)) + "\n"


def as_json(page: Page) -> bytes:
    """The page in the shape described above, as UTF-8."""
    return codec.encode(page)


def decode(body: bytes) -> Page:
    """The page that ``as_json`` wrote, now or in any earlier version; ``Damaged`` if it is none."""
    return codec.decode(body, Page)


def _page_person(person: Person) -> PagePerson:
    return PagePerson(
        name=person.name,
        near=person.near,
        gives=person.gives,
        costs=person.costs,
        important=person.important,
        thinks_along=person.thinks_along,
        asked=person.asked,
    )


def _mode(summary: Summary) -> str:
    own = any(isinstance(item.answer, Worded) for item in summary.items)
    return "knoppen en eigen woorden" if own else "knoppen"


def _lines(page: Page, delete_after: int | None) -> Iterator[str]:
    yield f"Samenspraak · {page.code}"
    yield f"Voor: {page.team_name}"
    yield f"Gekomen: {moment(page.came)}"
    yield f"Ingevuld door: {page.filled_in_by}, {page.mode}, {page.language_name}"
    yield f"Toestemming: {headings.consent(page.team_name)}"
    for section in page.sections:
        yield from ("", section.heading.upper())
        if section.missing:
            yield section.missing
        for item in section.items:
            yield from _item_lines(item)
    if page.not_heard:
        yield from ("", "NOG NIET GEHOORD")
        yield from (f"- {voice}" for voice in page.not_heard)
    yield from ("", "OPEN VRAGEN")
    yield from (f"- {question}" for question in headings.OPEN_QUESTIONS)
    yield from ("", *headings.small_print(page.page_days, delete_after))


def _item_lines(item: PageItem) -> Iterator[str]:
    language = "" if item.language == DUTCH else headings.language_name(item.language)
    if item.own_words:
        yield f"{item.heading}{language and f' (in het {language})'}:"
        yield from (f"  | {line}" for line in visible(item.original or "").split("\n"))
        return
    yield f"{item.heading}:"
    for dutch, seen in item.pairs():
        yield f"  {dutch} ({language}: {seen})" if dutch and seen else f"  {dutch or visible(seen)}"
