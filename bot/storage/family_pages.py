"""What families do with the pages they handed over, and what the team has seen of it."""

from bot.storage.pages import UNSEEN, note_gone, opened
from bot.storage.records import PageRow
from bot.storage.transaction import Transaction


async def newest(tx: Transaction, voice: int) -> PageRow | None:
    """The page this voice handed over last, of those that are still there. Raises ``Damaged``."""
    rows = await tx.rows(
        f"select page.*, {UNSEEN} as unseen from page where voice = ?"  # noqa: S608 - our own
        " order by came desc, id desc limit 1",
        (voice,),
    )
    return opened(tx, rows[0]) if rows else None


async def all_of(tx: Transaction, voice: int) -> list[PageRow]:
    """Every page of this voice, the oldest first. Raises ``Damaged``."""
    rows = await tx.rows(
        f"select page.*, {UNSEEN} as unseen from page where voice = ? order by id",  # noqa: S608 - our own
        (voice,),
    )
    return [opened(tx, row) for row in rows]


async def count(tx: Transaction, voice: int) -> int:
    """How many pages of this voice there are."""
    (found,) = await tx.rows("select count(*) as number from page where voice = ?", (voice,))
    return int(found["number"])


async def take_back(tx: Transaction, page: int, now: int) -> None:
    """Destroy the page: its key, then its row and all that was written beside it.

    That it was there and was taken back stays known, for who follows a link to it.
    """
    await note_gone(tx, [page])
    await tx.run("update page set key = zeroblob(length(key)) where id = ?", (page,))
    await tx.run(
        "insert into taken_back (page, team, at) select id, team, ? from page where id = ?",
        (now, page),
    )
    await tx.run("delete from page where id = ?", (page,))


async def was_taken_back(tx: Transaction, page: int, professional: int) -> int | None:
    """When a page of an active professional's teams was taken back or given back; None: never."""
    rows = await tx.rows(
        "select taken_back.at from taken_back"
        " join membership on membership.team = taken_back.team"
        " join professional on professional.id = membership.professional"
        " where taken_back.page = ? and professional.id = ? and professional.active = 1",
        (page, professional),
    )
    return int(rows[0]["at"]) if rows else None


async def forget_taken_back(tx: Transaction, before: int) -> None:
    """Forget which pages were taken back before then."""
    await tx.run("delete from taken_back where at < ?", (before,))


async def ask_back(tx: Transaction, page: int, now: int, delete_after: int) -> bool:
    """The family wants it back: it is kept until ``delete_after`` at most. False: asked before."""
    changed = await tx.run(
        "update page set asked_back_at = ?, delete_after = min(coalesce(delete_after, ?), ?)"
        " where id = ? and asked_back_at is null",
        (now, delete_after, delete_after, page),
    )
    return changed == 1


async def write(tx: Transaction, page: PageRow, words: str, now: int, delete_after: int) -> None:
    """Keep what the family wrote beside its page.

    A page that was closed is new again for everyone of the team, as if it came now, and loses its
    term; one that was answered is kept until ``delete_after`` at least, so that nothing is deleted
    before it can be read.
    """
    await tx.run(
        "update page set state = 'new', professional = null, read_at = null, closed_at = null,"
        " delete_after = null, waits_since = ?, passed_on_at = null"
        " where id = ? and state = 'closed'",
        (now, page.id),
    )
    await tx.run(
        "update page set delete_after = max(delete_after, ?)"
        " where id = ? and delete_after is not null and asked_back_at is null",
        (delete_after, page.id),
    )
    id_ = await tx.next_id("reply")
    body = tx.vault.seal(page.key, words.encode("utf-8", "replace"), "reply", "body", id_)
    await tx.run(
        "insert into reply (id, page, from_family, at, body) values (?, ?, 1, ?, ?)",
        (id_, page.id, now, body),
    )


async def see(tx: Transaction, page: int, now: int) -> None:
    """Somebody who may answer has everything in front of them that the family wrote so far."""
    await tx.run(
        "update reply set seen_at = ? where page = ? and from_family = 1 and seen_at is null",
        (now, page),
    )


async def unread(tx: Transaction, since: int, limit: int) -> list[tuple[int, int]]:
    """The (id, waiting since) of at most ``limit`` unread pages that wait since then or longer.

    Only those that were not passed on yet, and that nobody asked back; the longest first.
    """
    rows = await tx.rows(
        "select id, coalesce(waits_since, came) as since from page"
        " where read_at is null and passed_on_at is null and state in ('new', 'reading')"
        " and came <= ?1 and coalesce(waits_since, came) <= ?1 and asked_back_at is null"
        " order by since, id limit ?2",
        (since, limit),
    )
    return [(row["id"], row["since"]) for row in rows]


async def pass_on(tx: Transaction, page: int, now: int) -> PageRow:
    """From now on it was passed on. The page, or ``Damaged`` when it cannot be opened."""
    await tx.run("update page set passed_on_at = ? where id = ?", (now, page))
    (row,) = await tx.rows(
        f"select page.*, {UNSEEN} as unseen from page where id = ?",  # noqa: S608 - our own
        (page,),
    )
    return opened(tx, row)


async def of_nobody(tx: Transaction) -> list[tuple[int, int]]:
    """The (id, came) of pages that nobody can open: their team has no active professional."""
    rows = await tx.rows(
        "select id, came from page where state in ('new', 'reading') and not exists ("
        "   select 1 from membership"
        "   join professional on professional.id = membership.professional"
        "   where membership.team = page.team and professional.active = 1"
        " ) order by came, id"
    )
    return [(row["id"], row["came"]) for row in rows]


async def waiting(tx: Transaction, team: str) -> tuple[int, int | None]:
    """How many pages of ``team`` nobody has taken up, and since when the oldest waits."""
    (row,) = await tx.rows(
        "select count(*) as number, min(coalesce(waits_since, came)) as since"
        " from page where team = ? and state = 'new'",
        (tx.vault.lookup("team", team),),
    )
    return int(row["number"]), row["since"]
