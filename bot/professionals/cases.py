"""What professionals see of a case: the parts that its voices gave to their team, as one page.

A part is one page row (``bot.professionals.reading``), with a key, a thread and a state of its own.
All parts of one case that were given to one team stand together; what another team was given is not
there, nor that it was.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.handover.compose import compose, labels
from bot.handover.page import Page
from bot.professionals.met import MARKS, Mark
from bot.professionals.reading import STATES, How, Listed, Opened, lines_of, open_part, own_page
from bot.storage import pages
from bot.storage.records import PageState, Professional
from bot.storage.store import Store
from bot.storage.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Case:
    """The parts of a case that one team has, in the order they first came, and their ``page``.

    ``labels`` are what marks each part there.
    """

    parts: tuple[Listed, ...]
    page: Page = field(repr=False)
    labels: tuple[str, ...]

    @classmethod
    def of(cls, parts: Iterable[Listed]) -> "Case":
        """The case of ``parts``, at least one."""
        ordered = tuple(sorted(parts, key=lambda part: part.id))
        told, whose = [part.page for part in ordered], [part.voice for part in ordered]
        return cls(ordered, compose(told, whose), labels(told, whose))

    @property
    def id(self) -> int:
        """The number of its first part, in its address; that of any other leads there too."""
        return self.parts[0].id

    @property
    def state(self) -> PageState:
        """That of the part that needs most: new, then being read, answered, closed."""
        return min((part.state for part in self.parts), key=STATES.index)

    @property
    def in_hand(self) -> tuple[Listed, ...]:
        """The parts that someone is reading or answering; all of them when nobody is."""
        held = tuple(part for part in self.parts if part.state in ("reading", "answered"))
        return held or self.parts

    @property
    def holder(self) -> str | None:
        """Who has it in hand, or had it when it was closed; None when nobody knows any more."""
        names = dict.fromkeys(part.holder for part in self.in_hand if part.holder)
        return " en ".join(name for name in names if name) or None

    @property
    def holder_id(self) -> int | None:
        """The number of whoever has the first part of it in hand."""
        return self.in_hand[0].holder_id

    @property
    def is_mine(self) -> bool:
        """Whether I have all of it in hand that someone has."""
        return all(part.is_mine for part in self.in_hand)

    @property
    def unread(self) -> tuple[Listed, ...]:
        """The parts that nobody has read yet, or not since they became fuller."""
        return tuple(p for p in self.parts if p.read_at is None and p.state in ("new", "reading"))

    @property
    def added(self) -> tuple[str, ...]:
        """Whose part came when others had been taken up, and is still to be read."""
        if all(part.state == "new" for part in self.parts) or len(self.unread) == len(self.parts):
            return ()
        return tuple(
            dict.fromkeys(
                label
                for part, label in zip(self.parts, self.labels, strict=True)
                if part in self.unread and part.page.renewed is None
            )
        )

    @property
    def is_fuller(self) -> bool:
        """Whether a part that was taken up became fuller, and is still to be read again."""
        return any(p.page.renewed is not None and p.state == "reading" for p in self.unread)

    @property
    def read_at(self) -> int | None:
        """When its last part was read; None while one is not."""
        times = [part.read_at for part in self.parts if part.read_at is not None]
        return None if self.unread or not times else max(times)

    @property
    def delete_after(self) -> int | None:
        """When all of it goes; None while a part has no term yet, or another one."""
        ends = {part.delete_after for part in self.parts}
        return ends.pop() if len(ends) == 1 else None

    @property
    def waits_since(self) -> int:
        """Since when the part waits that waits longest."""
        return min(part.waits_since for part in self.unread or self.parts)

    @property
    def asked_back_at(self) -> int | None:
        """When a part of it was first asked back."""
        return min((part.asked_back_at for part in self.parts if part.asked_back_at), default=None)

    @property
    def unseen(self) -> int:
        """How many messages of families nobody who may answer has seen yet."""
        return sum(part.unseen for part in self.parts)

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What of the talks about it is still for me."""
        mine = {mark for part in self.parts for mark in part.marks}
        return tuple(mark for mark in MARKS if mark in mine)


@dataclass(frozen=True, slots=True)
class OpenedCase:
    """A case that is open in front of someone: each part with its own thread.

    ``is_less`` is whether something that stood on this page before was taken away.
    """

    case: Case
    parts: tuple[Opened, ...]
    is_less: bool

    @property
    def page(self) -> Page:
        """What its voices told."""
        return self.case.page

    @property
    def beside(self) -> tuple[tuple[str, Opened], ...]:
        """Each part after its label, in the order of the page."""
        order = [voice.label for voice in self.page.voices]
        labelled = zip(self.case.labels, self.parts, strict=True)
        return tuple(sorted(labelled, key=lambda part: order.index(part[0])))

    @property
    def readers(self) -> tuple[tuple[str, int], ...]:
        """Who opened a part of it, and when first."""
        first: dict[str, int] = {}
        for name, at in (reader for part in self.parts for reader in part.readers):
            first[name] = min(at, first.get(name, at))
        return tuple(sorted(first.items(), key=lambda reader: reader[1]))


async def listed(store: Store, me: Professional) -> dict[PageState, list[Case]]:
    """The cases of my teams: who waits longest first while new, the newest first after.

    Above those stand the cases where a family wrote something that nobody has seen.
    """
    lines = await store.read(lambda tx: lines_of(tx, me))
    together: dict[tuple[int, str], list[Listed]] = {}
    for line in (line for state in STATES for line in lines[state]):
        together.setdefault((line.case, line.page.team), []).append(line)
    found: dict[PageState, list[Case]] = {state: [] for state in STATES}
    for parts in together.values():
        case = Case.of(parts)
        found[case.state].append(case)
    found["new"].sort(key=lambda case: (case.waits_since, case.id))
    return {
        state: sorted(cases, key=lambda case: not case.unseen) for state, cases in found.items()
    }


async def opened(
    store: Store, me: Professional, page: int, now: int, how: How = "page seen"
) -> OpenedCase:
    """See the case that ``page`` is a part of; that I did is noted first, of each part.

    Raises ``NotYoursError`` when that part is not one of my teams.
    """

    async def work(tx: Transaction) -> OpenedCase:
        rows = await pages.together(tx, await own_page(tx, me, page))
        parts = tuple([await open_part(tx, me, row, now, how) for row in rows])
        case = Case.of(part.listed for part in parts)
        return OpenedCase(case, parts, await pages.is_less(tx, page))

    return await store.write(work)


async def parts_of(tx: Transaction, me: Professional, page: int) -> Sequence[int]:
    """The ids of all parts of the case that ``page`` is one of. Raises ``NotYoursError``."""
    return [row.id for row in await pages.together(tx, await own_page(tx, me, page))]
