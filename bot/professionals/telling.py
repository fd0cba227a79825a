"""Says something to a family about its page: in its own chat, in its own language."""

from dataclasses import replace as with_

from msgspec.structs import replace

from bot.dialogue.lock import holding, is_shut, shut_since
from bot.dialogue.message import Button, Part, Piece, Say, Text
from bot.dialogue.phrases import line
from bot.dialogue.vocabulary import ENGINE
from bot.handover.page import decode
from bot.library import Library
from bot.professionals.reading import family_of
from bot.storage import messages, voices
from bot.storage.records import DONE, PENDING, NewMessage, PageRow
from bot.storage.transaction import Transaction
from bot.wording.words import Values

LEAVE = Button(Text(f"{ENGINE}/leave"), "-leave")
WRITE_BACK = Button(Text(f"{ENGINE}/write_back"), "-write")
LOOK = Button(Text(f"{ENGINE}/meeting_look"), "-meeting")
"""What can be tapped under what a professional wrote, beside the way out."""


async def tell(
    tx: Transaction,
    library: Library,
    row: PageRow,
    now: int,
    parts: tuple[Part, ...],
    *,
    answerable: bool = False,
    met: bool = False,
) -> None:
    """Say ``parts`` in the family's chat, with the way out under it, if there still is one.

    When it is ``answerable``, a button to write back stands there too; when it is about a talk they
    ``met`` for, one that leads to it. In a chat that is shut with a code it only says that there is
    a message, and ``parts`` are said when the code was typed.
    """
    _, voice = await family_of(tx, row)
    if voice is None:
        return
    conversation = voice.conversation
    values = library.values(decode(row.body).team, conversation.language)
    turn = max(conversation.turn, shut_since(conversation))
    if is_shut(conversation):
        filled = tuple(_filled(part, values) for part in parts)
        conversation = holding(conversation, filled, answerable=answerable, met=met)
        voice = with_(voice, conversation=conversation)
        await voices.save(tx, [voice], None)
        parts, answerable, met = (line("code_message"),), False, False
    offered = ((WRITE_BACK, answerable), (LOOK, met), (LEAVE, True))
    buttons = tuple(button for button, is_there in offered if is_there)
    say = Say(parts, turn, rows=(buttons,), unasked=not is_shut(conversation))
    message = library.texts.say(say, conversation.language, values)
    state = DONE if voice.chat.channel == "web" else PENDING
    new = NewMessage(voice, voice.chat, "say", now, message, turn=turn, state=state)
    await messages.enqueue(tx, [new], now)


def _filled(part: Part, values: Values) -> Part:
    """``part`` with what its team says of itself now, as the family may be with another by then."""

    def filled(piece: Piece) -> Piece:
        if not isinstance(piece, Text):
            return piece
        return replace(piece, values={**values, **piece.values})

    return replace(part, pieces=tuple(filled(piece) for piece in part.pieces))
