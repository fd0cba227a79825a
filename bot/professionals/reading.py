"""What professionals see of the pages of their teams: the list, and one page opened.

Opening a page is noted in the audit log before it is shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from bot.handover.page import Page, decode
from bot.professionals import met
from bot.professionals.met import MARKS, Mark, Met
from bot.storage import audit, family_pages, meetings, notes, pages, professionals, voices
from bot.storage.notes import NoteState, Recording
from bot.storage.pages import Reply
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

    def __init__(self, page: int) -> None:
        super().__init__(page)
        self.page = page


@dataclass(frozen=True, slots=True)
class Listed:
    """A line on the list. ``holder`` is the name of who claimed it, ``holder_id`` their number.

    ``unseen`` is how many messages of the family nobody who may answer has seen yet; ``case`` and
    ``voice`` are the numbers of those it belongs to; ``marks`` say what of a talk about it is still
    for me.
    """

    id: int
    case: int
    voice: int | None
    page: Page = field(repr=False)
    state: PageState
    holder: str | None = field(repr=False)
    holder_id: int | None
    is_mine: bool
    read_at: int | None
    answered_at: int | None
    delete_after: int | None
    waits_since: int
    asked_back_at: int | None
    unseen: int
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in the thread beside a page: what was written, when, and by whom.

    By a colleague of this ``name`` (None when nobody knows any more), or ``from_family``; that is
    ``fresh`` when nobody who may answer had seen it before.
    """

    name: str | None = field(repr=False)
    at: int
    words: str = field(repr=False)
    from_family: bool = False
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """A page that is open in front of someone. ``readers`` are who opened it, and when first.

    ``met`` are the talks that someone had about it, and ``may_meet`` whether I may note one now.
    """

    listed: Listed
    thread: tuple[Written, ...]
    readers: tuple[tuple[str, int], ...] = field(repr=False)
    family: Family
    met: tuple[Met, ...] = ()
    may_meet: bool = False

    @property
    def page(self) -> Page:
        """What the family told."""
        return self.listed.page

    @property
    def is_answered(self) -> bool:
        """Whether a colleague wrote to the family."""
        return any(not one.from_family for one in self.thread)


async def listed(store: Store, me: Professional) -> dict[PageState, list[Listed]]:
    """The pages of my teams, each voice's apart: who waits longest first while new, the newest
    first after.

    Above those stand the pages where the family wrote something that nobody has seen.
    """
    return await store.read(lambda tx: lines_of(tx, me))


async def lines_of(tx: Transaction, me: Professional) -> dict[PageState, list[Listed]]:
    """What ``listed`` says."""
    found: dict[PageState, list[Listed]] = {}
    for state in STATES:
        rows = await pages.listed(tx, me.id, state, SHOWN)
        names = await _names(tx, [row.professional for row in rows])
        marks = await met.marks(tx, me, rows)
        lines = [_line(row, me, names, marks.get(row.id, ())) for row in rows]
        if state == "new":
            lines.sort(key=lambda line: (line.waits_since, line.id))
        found[state] = sorted(lines, key=lambda line: not line.unseen)
    return found


async def opened(
    store: Store, me: Professional, page: int, now: int, how: How = "page seen"
) -> Opened:
    """See a page of my teams; that I did is noted first. Raises ``NotYoursError``."""

    async def work(tx: Transaction) -> Opened:
        return await open_part(tx, me, await own_page(tx, me, page), now, how)

    return await store.write(work)


async def open_part(tx: Transaction, me: Professional, row: PageRow, now: int, how: How) -> Opened:
    """See a page that was found to be one of my teams; that I did is noted first."""
    await audit.note(tx, how, now, professional=me.id, page=row.id)
    replies = await pages.replies(tx, row)
    if how == "page seen" and row.professional in (me.id, None):
        await family_pages.see(tx, row.id, now)
    readers = await audit.readers(tx, row.id)
    talks = await meetings.of_page(tx, row)
    people = [row.professional, *(reply.professional for reply in replies)]
    people += [talk.professional for talk in talks]
    names = await _names(tx, [*people, *(person for person, _ in readers)])
    family, _ = await family_of(tx, row)
    seen = tuple([await met.seen(tx, me, row, talk, names) for talk in talks])
    if how == "page seen":
        await met.read(tx, row, list(zip(talks, seen, strict=True)))
    marks = {talk.mark for talk in seen}
    return Opened(
        _line(row, me, names, tuple(mark for mark in MARKS if mark in marks)),
        tuple(_written(reply, names) for reply in replies),
        tuple((names.get(person, ""), at) for person, at in readers),
        family,
        seen,
        family != "gone" and met.may_note(me, row) and not met.waits(talks, now),
    )


async def recording(
    store: Store, me: Professional, page: int, number: int, now: int, *, begins: bool
) -> Recording | None:
    """A recording on a page of my teams; None when it is not there, or not yet.

    That I heard it is noted first, once it ``begins``: a browser asks for the rest in pieces.
    Raises ``NotYoursError``.
    """

    async def work(tx: Transaction) -> Recording | None:
        await own_page(tx, me, page)
        found = await notes.of_page(tx, page, number)
        if not isinstance(found, Recording):
            return None
        if begins:
            await audit.note(tx, "recording heard", now, professional=me.id, page=page)
        return found

    return await (store.write(work) if begins else store.read(work))


async def recordings(store: Store, pages: Iterable[int]) -> dict[int, tuple[int, NoteState]]:
    """Of each recording on these pages, by its number: a page where it is, and what became of it.

    Whose pages they are, is the caller's to know.
    """

    async def work(tx: Transaction) -> dict[int, tuple[int, NoteState]]:
        return {
            number: (page, state)
            for page in pages
            for number, state in (await notes.states_on(tx, page)).items()
        }

    return await store.read(work)


async def taken_back(store: Store, me: Professional, page: int) -> int | None:
    """When the family took this page of my teams back, or got it back; None when it did not."""
    return await store.read(lambda tx: family_pages.was_taken_back(tx, page, me.id))


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


def _written(reply: Reply, names: dict[int, str]) -> Written:
    fresh = reply.from_family and reply.seen_at is None
    name = _name(names, reply.professional)
    return Written(name, reply.at, reply.words, reply.from_family, fresh)


def _line(row: PageRow, me: Professional, names: dict[int, str], marks: tuple[Mark, ...]) -> Listed:
    return Listed(
        id=row.id,
        case=row.case,
        voice=row.voice,
        page=decode(row.body),
        state=row.state,
        holder=_name(names, row.professional),
        holder_id=row.professional,
        is_mine=row.professional == me.id,
        read_at=row.read_at,
        answered_at=row.answered_at,
        delete_after=row.delete_after,
        waits_since=row.waits_since,
        asked_back_at=row.asked_back_at,
        unseen=row.unseen,
        marks=marks,
    )
