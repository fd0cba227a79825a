"""What professionals see of the pages of their teams: the list, and one page opened.

Opening a page is noted in the audit log before it is shown.
"""

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from bot.handover.page import Page, decode
from bot.storage import audit, pages, professionals, voices
from bot.storage.records import PageRow, PageState, Professional, Voice
from bot.storage.store import Store
from bot.storage.transaction import Transaction

SHOWN = 200
"""Pages of each kind on the list; the newest ones, when there are more."""

STATES: tuple[PageState, ...] = ("new", "reading", "answered", "closed")

Family: TypeAlias = Literal["here", "out of sight", "unreachable", "gone"]
"""How a message reaches the family: as usual; they cleared the chat; their last message could not
be delivered; their conversation is no more."""

How: TypeAlias = Literal[
    "page seen", "circle seen", "page taken as text", "page taken as json", "page taken as pdf"
]


class NotYoursError(LookupError):
    """There is no such page for this professional: none at all, of another team, or erased."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A line on the list. ``holder`` is the name of who claimed it, ``holder_id`` their number."""

    id: int
    page: Page = field(repr=False)
    state: PageState
    holder: str | None = field(repr=False)
    holder_id: int | None
    is_mine: bool
    read_at: int | None
    answered_at: int | None
    delete_after: int | None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a colleague (by name; None when nobody knows any more) wrote to the family, and when."""

    name: str | None = field(repr=False)
    at: int
    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Opened:
    """A page that is open in front of someone. ``readers`` are who opened it, and when first."""

    listed: Listed
    answers: tuple[Answer, ...]
    readers: tuple[tuple[str, int], ...] = field(repr=False)
    family: Family

    @property
    def page(self) -> Page:
        """What the family told."""
        return self.listed.page


async def listed(store: Store, me: Professional) -> dict[PageState, list[Listed]]:
    """The pages of my teams: who waits longest first while new, the newest first after."""

    async def look(tx: Transaction) -> dict[PageState, list[Listed]]:
        found: dict[PageState, list[Listed]] = {}
        for state in STATES:
            rows = await pages.listed(tx, me.id, state, SHOWN)
            names = await _names(tx, [row.professional for row in rows])
            lines = [_line(row, me, names) for row in rows]
            found[state] = lines[::-1] if state == "new" else lines
        return found

    return await store.read(look)


async def opened(
    store: Store, me: Professional, page: int, now: int, how: How = "page seen"
) -> Opened:
    """See a page of my teams; that I did is noted first. Raises ``NotYoursError``."""

    async def work(tx: Transaction) -> Opened:
        row = await own_page(tx, me, page)
        await audit.note(tx, how, now, professional=me.id, page=page)
        replies = await pages.replies(tx, row)
        readers = await audit.readers(tx, page)
        people = [row.professional, *(reply.professional for reply in replies)]
        names = await _names(tx, [*people, *(person for person, _ in readers)])
        return Opened(
            _line(row, me, names),
            tuple(
                Answer(_name(names, reply.professional), reply.at, reply.words) for reply in replies
            ),
            tuple((names.get(person, ""), at) for person, at in readers),
            (await family_of(tx, row))[0],
        )

    return await store.write(work)


async def own_page(tx: Transaction, me: Professional, page: int) -> PageRow:
    """The page as it is kept, when it is of a team of mine. Raises ``NotYoursError``."""
    row = await pages.of_professional(tx, page, me.id)
    if row is None:
        raise NotYoursError(page)
    return row


async def family_of(tx: Transaction, row: PageRow) -> tuple[Family, Voice | None]:
    """Whether a message reaches the family of a page, and their voice while there is one."""
    voice = None
    if row.voice is not None:
        voice = (await voices.by_id(tx, [row.voice])).get(row.voice)
    if voice is None or voice.damaged:
        return "gone", None
    if await pages.is_unreachable(tx, voice.id):
        return "unreachable", voice
    return ("out of sight" if voice.conversation.status == "left" else "here"), voice


async def _names(tx: Transaction, people: list[int | None]) -> dict[int, str]:
    known = await professionals.by_id(tx, {person for person in people if person is not None})
    return {person: who.name for person, who in known.items()}


def _name(names: dict[int, str], person: int | None) -> str | None:
    return names.get(person) if person is not None else None


def _line(row: PageRow, me: Professional, names: dict[int, str]) -> Listed:
    return Listed(
        id=row.id,
        page=decode(row.body),
        state=row.state,
        holder=_name(names, row.professional),
        holder_id=row.professional,
        is_mine=row.professional == me.id,
        read_at=row.read_at,
        answered_at=row.answered_at,
        delete_after=row.delete_after,
    )
