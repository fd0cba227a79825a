"""What families look like to the storage room: chats, conversations, messages."""

from collections.abc import Awaitable, Callable

from bot.dialogue.answers import Answered, Said, Worded
from bot.dialogue.conversation import Conversation
from bot.storage import revisions, voices
from bot.storage.records import Chat, NewMessage, Voice
from bot.storage.store import Store, Transaction
from bot.texts import Line, Message

Work = Callable[[Transaction], Awaitable[None]]

NOW = 1_800_000_000

PARENT = Chat("telegram", "5551234")
NEIGHBOUR = Chat("telegram", "5559876")
ON_THE_PAGE = Chat("web", "het-geheim-van-een-cookie")


def conversation(words: str = "hij slaapt slecht", turn: int = 1) -> Conversation:
    answer = Answered("vertel", Worded((Said(words, 7),), "nl"))
    return Conversation("ouder", "r1", "nl", turn=turn, at="vertel", answers=(answer,))


def message(words: str = "Vertel maar.") -> Message:
    return Message((Line(words),), "nl", 1)


def say(
    voice: Voice, words: str = "Vertel maar.", *, turn: int = 1, asks: bool = False
) -> NewMessage:
    return NewMessage(voice, voice.chat, "say", NOW, message(words), turn=turn, asks=asks)


async def begin(store: Store, *chats: Chat, now: int = NOW) -> list[Voice]:
    """A voice for each of ``chats``, in their order."""

    async def work(tx: Transaction) -> list[Voice]:
        row = await revisions.keep(tx, "ouder", "r1", b"{}")
        begun = await voices.begin(tx, [(chat, conversation(), row) for chat in chats], now)
        return [begun[chat] for chat in chats]

    return await store.write(work)


async def count(store: Store, table: str) -> int:
    """How many rows ``table`` has."""
    (row,) = await store.read(lambda tx: tx.rows(f'select count(*) as n from "{table}"'))  # noqa: S608 - a table of our own
    return int(row["n"])
