"""What became of messages that were sent, and how the outbox is told."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias, assert_never

from bot.storage import messages, voices
from bot.storage.records import DONE, NewMessage, Pending
from bot.storage.store import Transaction
from bot.texts import Message


@dataclass(frozen=True, slots=True)
class Arrived:
    """It has arrived, as the messages with these numbers."""

    row: Pending
    refs: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Postponed:
    """It is to be tried again after ``pause`` seconds; its chat waits for it."""

    row: Pending
    pause: float


@dataclass(frozen=True, slots=True)
class GivenUp:
    """It will not arrive; with ``chat`` nothing will, in that chat."""

    row: Pending
    chat: bool = False


@dataclass(frozen=True, slots=True)
class Doubtful:
    """It may have arrived, and may not be sent twice: ``instead`` is said in its place."""

    row: Pending
    instead: Message


Fate: TypeAlias = Arrived | Postponed | GivenUp | Doubtful


async def keep(tx: Transaction, fates: Sequence[Fate], now: int) -> None:
    """Write down what became of these messages."""
    arrived = [fate for fate in fates if isinstance(fate, Arrived)]
    for cleared in arrived:
        if cleared.row.kind == "clear" and cleared.row.voice is not None:
            await messages.forget(tx, cleared.row.voice, before=cleared.row.id)
    gone = await messages.delivered(
        tx, [(each.row.id, each.refs[-1] if each.refs else None) for each in arrived], now
    )
    for fate in fates:
        match fate:
            case Arrived(row, refs):
                if row.id in gone and refs:
                    # The chat was cleared, or the voice erased, while this was under way.
                    await messages.farewell(tx, row.chat, refs, None, now)
            case Postponed(row, pause):
                await messages.postpone(tx, row.id, now + max(1, math.ceil(pause)))
            case GivenUp(row):
                await messages.give_up(tx, row.id)
            case Doubtful(row, instead):
                for voice in (await voices.by_id(tx, {row.voice or 0})).values():
                    await messages.replace(tx, row.id, voice, instead, now)
            case _:
                assert_never(fate)
    await _keep_parts(tx, [each for each in arrived if each.row.id not in gone], now)


async def _keep_parts(tx: Transaction, arrived: Sequence[Arrived], now: int) -> None:
    """Remember the other numbers of a message that was shown as several, to clear them too."""
    parted = {voice: each for each in arrived if (voice := each.row.voice) and len(each.refs) > 1}
    if not parted:
        return
    found = await voices.by_id(tx, parted)
    parts = [
        NewMessage(
            voice,
            each.row.chat,
            "say",
            now,
            turn=each.row.turn,
            ref=ref,
            state=DONE,
            share=each.row.share,
        )
        for each, voice in ((parted[id_], voice) for id_, voice in found.items())
        for ref in each.refs[:-1]
    ]
    await messages.enqueue(tx, parts, now)
