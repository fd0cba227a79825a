"""What our own mistake leaves behind: the update, sealed, and a kind line to the family."""

import logging
from pathlib import Path
from typing import Protocol

from bot.dialogue.effects import Step
from bot.dialogue.message import Say
from bot.dialogue.phrases import line
from bot.families.talk import Scribe, Talk
from bot.storage import set_aside
from bot.storage.records import Chat
from bot.storage.transaction import Transaction

log = logging.getLogger(__name__)


class Update(Protocol):
    """What came in, as far as it is kept."""

    @property
    def chat(self) -> Chat:
        """Where."""

    @property
    def update(self) -> int:
        """Its number on that channel."""

    @property
    def raw(self) -> bytes:
        """As it came."""


async def keep(tx: Transaction, came: Update, mistake: Exception, now: int) -> None:
    """Set the update aside with the kind and place of the mistake, never with its message."""
    trace = mistake.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}" if trace else "?"
    error = f"{type(mistake).__name__} at {place}"
    channel = came.chat.channel
    log.error("update %d of %s is set aside: %s", came.update, channel, error)
    await set_aside.put(tx, channel, came.update, came.raw, error, now)


def sorry(scribe: Scribe, talk: Talk) -> Talk:
    """``talk`` in which the family hears that something went wrong, and keeps its place."""
    conversation = talk.voice.conversation
    say = Say((line("set_aside"),), conversation.turn)
    return scribe.after(talk, Step(conversation, (say,)))
