"""Takes out of a chat what is not to stand there: after a day without contact, and a code at once.

Telegram lets a bot delete a message for two days; that leaves one for an outage. What was told
stays in the draft, and who comes back is asked whether they want to go on. On the chat page
nothing lies about: what stands there can only be read with someone's own link. With a code it is
shut there after a day too, and shows nothing until that was typed.
"""

from collections.abc import Collection

from bot.dialogue.events import SWEEPING
from bot.dialogue.lock import has_code, is_shut
from bot.families.talk import DAY, Talk
from bot.storage import alarms, messages
from bot.storage.transaction import Transaction


async def remember(tx: Transaction, talks: Collection[Talk], now: int) -> None:
    """Someone was in these chats just now: the day begins again."""
    await alarms.set_(
        tx,
        [
            (talk.voice.id, SWEEPING, talk.voice.conversation.turn, now + DAY)
            for talk in talks
            if not talk.keeps_log or has_code(talk.voice.conversation)
        ],
    )


async def tidied(tx: Transaction, talk: Talk, now: int) -> None:
    """Take out of the chat of ``talk`` what has to go: a code that was typed, and after a day what
    either side said up to their last contact.

    What a professional wrote later has perhaps not been seen yet, and stays.
    """
    refs = list(talk.unsaid)
    if talk.swept:
        shut = is_shut(talk.voice.conversation)
        refs += await messages.swept(tx, talk.voice.id, talk.voice.touched, now, waiting=shut)
    if refs:
        await messages.farewell(tx, talk.voice.chat, refs, None, now)
