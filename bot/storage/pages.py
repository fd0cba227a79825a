"""Keeps the pages that were handed over, each sealed with a key of its own."""

import logging
from dataclasses import dataclass, field

from bot.storage.errors import Damaged
from bot.storage.records import PageRow, PageState
from bot.storage.transaction import Row, Transaction

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Reply:
    """What a professional wrote back (their id; None when nobody knows any more)."""

    professional: int | None
    at: int
    words: str = field(repr=False)


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


async def of_professional(tx: Transaction, page: int, professional: int) -> PageRow | None:
    """The page, if an active professional of its team asks; None for anyone else, or no page."""
    rows = await tx.rows(
        "select page.* from page join membership on membership.team = page.team"
        " join professional on professional.id = membership.professional"
        " where page.id = ? and professional.id = ? and professional.active = 1",
        (page, professional),
    )
    return _page(tx, rows[0]) if rows else None


async def listed(tx: Transaction, professional: int, state: PageState, limit: int) -> list[PageRow]:
    """The newest ``limit`` pages in ``state`` of an active professional's teams, newest first.

    A page that is damaged is left out, and the operator's log says which.
    """
    found = await tx.rows(
        "select page.* from page join membership on membership.team = page.team"
        " join professional on professional.id = membership.professional"
        " where professional.id = ? and professional.active = 1 and page.state = ?"
        " order by page.came desc, page.id desc limit ?",
        (professional, state, limit),
    )
    opened = []
    for row in found:
        try:
            opened.append(_page(tx, row))
        except Damaged as error:
            # One flipped byte may not hide the pages of other families.
            log.error("page %d cannot be opened: %s", row["id"], error)  # noqa: TRY400 - same
    return opened


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
    """What was answered, the first answer first."""
    rows = await tx.rows("select * from reply where page = ? order by id", (page.id,))
    return [
        Reply(
            professional=row["professional"],
            at=row["at"],
            words=tx.vault.unseal(page.key, row["body"], "reply", "body", row["id"]).decode(),
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


def _page(tx: Transaction, row: Row) -> PageRow:
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
    )
