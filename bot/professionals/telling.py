"""Says something to a family about its page: in its own chat, in its own language."""

from bot.dialogue.conversation import Button, Part, Say, Text
from bot.dialogue.tree import ENGINE
from bot.handover.page import decode
from bot.library import Library
from bot.professionals.reading import family_of
from bot.storage import messages
from bot.storage.records import DONE, PENDING, NewMessage, PageRow
from bot.storage.transaction import Transaction

LEAVE = Button(Text(f"{ENGINE}/leave"), "-leave")
WRITE_BACK = Button(Text(f"{ENGINE}/write_back"), "-write")
"""What can be tapped under what a professional wrote, beside the way out."""


async def tell(
    tx: Transaction,
    library: Library,
    row: PageRow,
    now: int,
    parts: tuple[Part, ...],
    *,
    answerable: bool = False,
) -> None:
    """Say ``parts`` in the family's chat, with the way out under it, if there still is one.

    When it is ``answerable``, a button to write back stands there too.
    """
    _, voice = await family_of(tx, row)
    if voice is None:
        return
    conversation = voice.conversation
    buttons = (WRITE_BACK, LEAVE) if answerable else (LEAVE,)
    say = Say(parts, conversation.turn, rows=(buttons,))
    values = library.values(decode(row.body).team, conversation.language)
    message = library.texts.say(say, conversation.language, values)
    state = DONE if voice.chat.channel == "web" else PENDING
    new = NewMessage(voice, voice.chat, "say", now, message, turn=conversation.turn, state=state)
    await messages.enqueue(tx, [new], now)
