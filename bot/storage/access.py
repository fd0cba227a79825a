"""Keeps what opens the door of the desk: invitations, log-ins, and tries that failed.

Of every token only a keyed hash is kept.
"""

from collections.abc import Sequence
from typing import Literal, TypeAlias

from bot.storage.transaction import Transaction

DAY = 86_400

Purpose: TypeAlias = Literal["join", "reset", "telegram"]
"""What an invitation is for: a first password, another password, a Telegram chat for notices."""


async def invite(
    tx: Transaction, token: str, professional: int, purpose: Purpose, expires: int
) -> None:
    """Let ``token`` be used once, until ``expires``; earlier ones for the same end are void."""
    await revoke(tx, professional, purpose)
    await tx.run(
        "insert into invitation (token_hash, professional, purpose, expires) values (?, ?, ?, ?)",
        (tx.vault.lookup("invitation", token), professional, purpose, expires),
    )


async def invited(tx: Transaction, token: str, now: int) -> tuple[int, Purpose] | None:
    """Whom ``token`` was made for and why; None when it is unknown, used or too old."""
    rows = await tx.rows(
        "select professional, purpose from invitation"
        " where token_hash = ? and used is null and expires > ?",
        (tx.vault.lookup("invitation", token), now),
    )
    return (rows[0]["professional"], rows[0]["purpose"]) if rows else None


async def use_invitation(tx: Transaction, token: str, now: int) -> bool:
    """Use it up. True for exactly one of all who try."""
    changed = await tx.run(
        "update invitation set used = ? where token_hash = ? and used is null and expires > ?",
        (now, tx.vault.lookup("invitation", token), now),
    )
    return changed == 1


async def revoke(tx: Transaction, professional: int, purpose: Purpose) -> None:
    """No earlier invitation of theirs for this end can be used any more."""
    await tx.run(
        "delete from invitation where professional = ? and purpose = ?", (professional, purpose)
    )


async def log_in(tx: Transaction, token: str, professional: int, now: int) -> None:
    """Let ``token`` stand for the professional."""
    await tx.run(
        "insert into login (token_hash, professional, began, used) values (?, ?, ?, ?)",
        (tx.vault.lookup("login", token), professional, now, now),
    )


async def logged_in(tx: Transaction, token: str, began: int, used: int) -> tuple[int, int] | None:
    """Whom ``token`` stands for and when it was last used; None when that is nobody.

    Nobody, too, when it began or was last used at or before those moments, or when the
    professional was removed.
    """
    rows = await tx.rows(
        "select login.professional, login.used from login"
        " join professional on professional.id = login.professional"
        " where login.token_hash = ? and login.began > ? and login.used > ?"
        " and professional.active = 1",
        (tx.vault.lookup("login", token), began, used),
    )
    return (rows[0]["professional"], rows[0]["used"]) if rows else None


async def use_login(tx: Transaction, token: str, now: int) -> None:
    """It was used now."""
    await tx.run(
        "update login set used = ? where token_hash = ?", (now, tx.vault.lookup("login", token))
    )


async def log_out(tx: Transaction, token: str) -> None:
    """``token`` stands for nobody any more."""
    await tx.run("delete from login where token_hash = ?", (tx.vault.lookup("login", token),))


async def log_out_everywhere(tx: Transaction, professional: int, but: str = "") -> None:
    """None of their tokens stands for them any more, ``but`` perhaps one."""
    await tx.run(
        "delete from login where professional = ? and token_hash <> ?",
        (professional, tx.vault.lookup("login", but)),
    )


async def attempts(tx: Transaction, what: str, since: int) -> Sequence[int]:
    """When ``what`` was tried in vain after ``since``, the first time first."""
    rows = await tx.rows(
        "select at from attempt where key = ? and at > ? order by at",
        (tx.vault.lookup("attempt", what), since),
    )
    return [row["at"] for row in rows]


async def attempted(tx: Transaction, what: str, now: int) -> None:
    """``what`` is being tried; in vain, until it is forgiven."""
    await tx.run(
        "insert into attempt (key, at) values (?, ?)", (tx.vault.lookup("attempt", what), now)
    )


async def forgive(tx: Transaction, what: str) -> None:
    """It was tried with success: what came before does not count."""
    await tx.run("delete from attempt where key = ?", (tx.vault.lookup("attempt", what),))


async def forgive_one(tx: Transaction, what: str, at: int) -> None:
    """The try at moment ``at`` was no vain one."""
    await tx.run(
        "delete from attempt where rowid ="
        " (select rowid from attempt where key = ? and at = ? limit 1)",
        (tx.vault.lookup("attempt", what), at),
    )


async def sweep(tx: Transaction, now: int) -> None:
    """Delete log-ins and tries of a day ago, and links that are over: none of them counts."""
    await tx.run("delete from login where began <= ?", (now - DAY,))
    await tx.run("delete from attempt where at <= ?", (now - DAY,))
    await tx.run("delete from invitation where expires <= ?", (now,))
