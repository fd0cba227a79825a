"""Keeps the pages that were handed over, each sealed with a key of its own."""

import json
import logging
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from bot.storage.errors import Damaged
from bot.storage.records import PageRow, PageState
from bot.storage.transaction import Row, Transaction

log = logging.getLogger(__name__)


UNSEEN = (
    "(select count(*) from reply"
    " where reply.page = page.id and reply.from_family = 1 and reply.seen_at is null)"
)
"""How many messages of the family nobody who may answer has seen yet."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What was written beside a page: by the family, or by a professional.

    ``professional`` is None for a family, and when nobody knows any more; ``seen_at`` is when
    someone who may answer saw what the family wrote.
    """

    professional: int | None
    at: int
    words: str = field(repr=False)
    from_family: bool = False
    seen_at: int | None = None


async def add(tx: Transaction, *, case: int, voice: int, team: str, body: bytes, now: int) -> int:
    """Keep a new page for ``team``, under a new key; its id."""
    id_ = await tx.next_id("page")
    key, wrapped = tx.vault.new_key("page", "key", id_)
    await tx.run(
        'insert into page (id, "case", voice, team, state, came, key, body)'
        " values (?, ?, ?, ?, 'new', ?, ?, ?)",
        (
            id_,
            case,
            voice,
            tx.vault.lookup("team", team),
            now,
            wrapped,
            tx.vault.seal(key, body, "page", "body", id_),
        ),
    )
    return id_


async def renew(tx: Transaction, page: PageRow, body: bytes, now: int) -> None:
    """Put a fuller ``body`` in the place of the page's own, under its own key.

    Who has it in hand keeps it, to be read again: when it was read it waits from now on, and its
    term begins with the next answer. One that nobody took up stays as new as it was.
    """
    await tx.run(
        "update page set body = ? where id = ?",
        (tx.vault.seal(page.key, body, "page", "body", page.id), page.id),
    )
    await tx.run(
        "update page set waits_since = ?, passed_on_at = null where id = ? and read_at is not null",
        (now, page.id),
    )
    await tx.run(
        "update page set state = 'reading', read_at = null, delete_after = null"
        " where id = ? and state in ('reading', 'answered')",
        (page.id,),
    )


async def of_professional(tx: Transaction, page: int, professional: int) -> PageRow | None:
    """The page, if an active professional of its team asks; None for anyone else, or no page."""
    rows = await tx.rows(
        f"select page.*, {UNSEEN} as unseen"  # noqa: S608 - our own
        " from page join membership on membership.team = page.team"
        " join professional on professional.id = membership.professional"
        " where page.id = ? and professional.id = ? and professional.active = 1",
        (page, professional),
    )
    return opened(tx, rows[0]) if rows else None


async def listed(tx: Transaction, professional: int, state: PageState, limit: int) -> list[PageRow]:
    """The newest ``limit`` pages in ``state`` of an active professional's teams, newest first.

    A page that is damaged is left out, and the operator's log says which.
    """
    found = await tx.rows(
        f"select page.*, {UNSEEN} as unseen"  # noqa: S608 - our own
        " from page join membership on membership.team = page.team"
        " join professional on professional.id = membership.professional"
        " where professional.id = ? and professional.active = 1 and page.state = ?"
        " order by page.came desc, page.id desc limit ?",
        (professional, state, limit),
    )
    return _readable(tx, found)


async def together(tx: Transaction, page: PageRow) -> list[PageRow]:
    """The parts of this page's case that its team has, ``page`` among them, in their order.

    Another part that is damaged is left out, and the operator's log says which.
    """
    found = await tx.rows(
        f"select page.*, {UNSEEN} as unseen from page as asked"  # noqa: S608 - our own
        ' join page on page."case" = asked."case" and page.team = asked.team'
        " where asked.id = ? order by page.id",
        (page.id,),
    )
    return _readable(tx, found)


async def beside(tx: Transaction, case: int, team: str) -> list[PageRow]:
    """The parts of ``case`` that ``team`` has, in their order; as with ``together``."""
    found = await tx.rows(
        f"select page.*, {UNSEEN} as unseen from page"  # noqa: S608 - our own
        ' where "case" = ? and team = ? order by id',
        (case, tx.vault.lookup("team", team)),
    )
    return _readable(tx, found)


async def hand_to(tx: Transaction, page: int, professional: int) -> bool:
    """A new part is for whoever has the case in hand, while they are still there."""
    changed = await tx.run(
        "update page set state = 'reading', professional = ?1 where id = ?2 and state = 'new'"
        " and exists (select 1 from professional where id = ?1 and active = 1)",
        (professional, page),
    )
    return changed == 1


async def note_gone(tx: Transaction, ids: Collection[int]) -> None:
    """These pages are about to go: whoever reads the parts that stay will see that it is less.

    Not whose they were, nor how many.
    """
    await tx.run(
        """
        insert or ignore into part_gone ("case", team)
        select page."case", page.team from page where id in (select value from json_each(?1))
            and exists (
                select 1 from page as other where other."case" = page."case"
                and other.team = page.team
                and other.id not in (select value from json_each(?1)))
        """,
        (json.dumps(list(ids)),),
    )


async def is_less(tx: Transaction, page: int) -> bool:
    """Whether a part was taken away from what stands together with ``page``."""
    return bool(
        await tx.rows(
            'select 1 from page join part_gone on part_gone."case" = page."case"'
            " and part_gone.team = page.team where page.id = ?",
            (page,),
        )
    )


async def claim(tx: Transaction, page: int, professional: int) -> bool:
    """Let it be theirs to read. False when it is somebody's already."""
    changed = await tx.run(
        "update page set state = 'reading', professional = ? where id = ? and state = 'new'",
        (professional, page),
    )
    return changed == 1


async def take_over(tx: Transaction, page: int, professional: int, holder: int | None) -> bool:
    """Let it be theirs instead of ``holder``'s. False when it is not the holder's any more."""
    changed = await tx.run(
        "update page set professional = ?"
        " where id = ? and professional is ? and state in ('reading', 'answered')",
        (professional, page, holder),
    )
    return changed == 1


async def read(tx: Transaction, page: int, professional: int, now: int) -> bool:
    """Its holder has read it. False when someone had already, or it is not theirs to say."""
    changed = await tx.run(
        "update page set read_at = ?"
        " where id = ? and professional = ? and state = 'reading' and read_at is null",
        (now, page, professional),
    )
    return changed == 1


async def answer(
    tx: Transaction, page: PageRow, professional: int, words: str, now: int, delete_after: int
) -> bool:
    """Keep what its holder answered. False when it is not theirs, or closed.

    It counts as read then, too; a second answer keeps the page as long as the first one did.
    """
    changed = await tx.run(
        "update page set state = 'answered', read_at = coalesce(read_at, ?),"
        " answered_at = coalesce(answered_at, ?), delete_after = coalesce(delete_after, ?)"
        " where id = ? and professional = ? and state in ('reading', 'answered')",
        (now, now, delete_after, page.id, professional),
    )
    if changed == 0:
        return False
    id_ = await tx.next_id("reply")
    await tx.run(
        "insert into reply (id, page, professional, at, body) values (?, ?, ?, ?, ?)",
        (
            id_,
            page.id,
            professional,
            now,
            tx.vault.seal(page.key, words.encode(), "reply", "body", id_),
        ),
    )
    return True


async def close(tx: Transaction, page: int, professional: int, now: int, delete_after: int) -> bool:
    """Nothing more is to be done with it. False when it is not theirs, or was closed before."""
    changed = await tx.run(
        "update page set state = 'closed', closed_at = ?, delete_after = coalesce(delete_after, ?)"
        " where id = ? and professional = ? and state in ('reading', 'answered')",
        (now, delete_after, page, professional),
    )
    return changed == 1


async def release(tx: Transaction, professional: int) -> list[int]:
    """What they were reading becomes new again, for their colleagues; the ids of those pages."""
    rows = await tx.rows(
        "update page set state = 'new', professional = null, passed_on_at = null"
        " where professional = ? and state = 'reading' returning id",
        (professional,),
    )
    return [row["id"] for row in rows]


async def replies(tx: Transaction, page: PageRow) -> list[Reply]:
    """What was written beside the page by either side, the oldest first."""
    rows = await tx.rows("select * from reply where page = ? order by id", (page.id,))
    return [
        Reply(
            professional=row["professional"],
            at=row["at"],
            words=tx.vault.unseal(page.key, row["body"], "reply", "body", row["id"]).decode(),
            from_family=bool(row["from_family"]),
            seen_at=row["seen_at"],
        )
        for row in rows
    ]


async def is_unreachable(tx: Transaction, voice: int) -> bool:
    """Whether the last message to the family that met its fate was given up."""
    rows = await tx.rows(
        "select state from message"
        " where voice = ? and kind in ('say', 'in') and state in (1, 2) order by id desc limit 1",
        (voice,),
    )
    return bool(rows) and rows[0]["state"] == 2


def opened(tx: Transaction, row: Row) -> PageRow:
    """The page in ``row``, all of ``page`` with ``UNSEEN`` as ``unseen``. Raises ``Damaged``."""
    id_ = int(row["id"])
    key = tx.vault.unwrap(row["key"], "page", "key", id_)
    return PageRow(
        id=id_,
        case=row["case"],
        voice=row["voice"],
        state=row["state"],
        body=tx.vault.unseal(key, row["body"], "page", "body", id_),
        professional=row["professional"],
        came=row["came"],
        read_at=row["read_at"],
        answered_at=row["answered_at"],
        delete_after=row["delete_after"],
        key=key,
        closed_at=row["closed_at"],
        asked_back_at=row["asked_back_at"],
        waits_since=row["came"] if row["waits_since"] is None else row["waits_since"],
        unseen=row["unseen"],
    )


def _readable(tx: Transaction, found: Sequence[Row]) -> list[PageRow]:
    readable = []
    for row in found:
        try:
            readable.append(opened(tx, row))
        except Damaged as error:
            # One flipped byte may not hide the pages of other families.
            log.error("page %d cannot be opened: %s", row["id"], error)
    return readable
