"""Keeps who may share with whom: whoever invited someone, and whoever came by that invitation.

A tie is there from the moment an invitation is made, and stays when one of the two goes. So it
tells neither of them whether the other came, told anything, or erased it all.
"""

from bot.dialogue.between import Other
from bot.dialogue.vocabulary import VoiceKind
from bot.storage import voices
from bot.storage.records import Voice
from bot.storage.transaction import Transaction


async def add(tx: Transaction, token: str, inviter: Voice, who: VoiceKind, now: int) -> None:
    """``inviter`` made the invitation ``token``, for someone of kind ``who``."""
    await tx.run(
        'insert into tie ("case", inviter, who, at, invite) values (?, ?, ?, ?, ?)',
        (inviter.case, inviter.id, who, now, tx.vault.lookup("invite", token)),
    )


async def met(tx: Transaction, token: str, invited: Voice) -> None:
    """``invited`` came by the invitation ``token``."""
    await tx.run(
        "update tie set invited = ?, invite = null where invite = ?",
        (invited.id, tx.vault.lookup("invite", token)),
    )


async def of(tx: Transaction, voice: int) -> tuple[Other, ...]:
    """Whom this voice may share with, as far as it knows them itself; the newest first."""
    rows = await tx.rows(
        """
        select id, who, at, invited = ?1 as came from tie
        where inviter = ?1 or invited = ?1 order by id desc
        """,
        (voice,),
    )
    return tuple(Other(row["id"], None if row["came"] else row["who"], row["at"]) for row in rows)


async def other_end(tx: Transaction, tie: int, voice: int) -> Voice | None:
    """Who is at the other end of this voice's ``tie``, and talks there now.

    None for somebody who did not come yet, is gone, or went on in another case.
    """
    rows = await tx.rows(
        """
        select voice.id from tie
        join voice on voice.id = case inviter when ?2 then invited else inviter end
        where tie.id = ?1 and (inviter = ?2 or invited = ?2) and current = 1
        """,
        (tie, voice),
    )
    found = (await voices.by_id(tx, [row["id"] for row in rows])).values()
    return next((other for other in found if not other.damaged), None)
