"""Keeps invitations: links by which someone joins a case, each for one person, once.

Of every token only a keyed hash is kept.
"""

from typing import NamedTuple

from bot.dialogue.vocabulary import VoiceKind
from bot.storage.records import Voice
from bot.storage.transaction import Transaction

LASTS = 7 * 86_400
"""Seconds in which an invitation can be used."""

MOST = 10
"""Of one voice, so many can be used at a time; an older one is void when another is made."""


class Invite(NamedTuple):
    """An invitation that can be used: to which case, by whom it was made, for whose voice."""

    case: int
    voice: int
    who: VoiceKind


async def add(tx: Transaction, token: str, inviter: Voice, who: VoiceKind, now: int) -> None:
    """Let ``token`` be used once, by someone of kind ``who``, in the case of ``inviter``."""
    await tx.run(
        """
        delete from invite where voice = ?1 and used is null and token_hash not in (
            select token_hash from invite where voice = ?1 and used is null
            order by expires desc limit ?2)
        """,
        (inviter.id, MOST - 1),
    )
    await tx.run(
        'insert into invite (token_hash, "case", voice, who, expires) values (?, ?, ?, ?, ?)',
        (tx.vault.lookup("invite", token), inviter.case, inviter.id, who, now + LASTS),
    )


async def found(tx: Transaction, token: str, now: int) -> Invite | None:
    """What ``token`` can be used for; None when it is unknown, used or too old."""
    rows = await tx.rows(
        'select "case", voice, who from invite'
        " where token_hash = ? and used is null and expires > ?",
        (tx.vault.lookup("invite", token), now),
    )
    return Invite(rows[0]["case"], rows[0]["voice"], rows[0]["who"]) if rows else None


async def use(tx: Transaction, token: str, now: int) -> bool:
    """Use it up. True for exactly one of all who try."""
    changed = await tx.run(
        "update invite set used = ? where token_hash = ? and used is null and expires > ?",
        (now, tx.vault.lookup("invite", token), now),
    )
    return changed == 1


async def sweep(tx: Transaction, now: int) -> None:
    """Forget those that are too old."""
    await tx.run("delete from invite where expires <= ?", (now,))
