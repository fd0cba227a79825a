"""Takes what was said out of a chat where nobody has been for a day.

Telegram lets a bot delete a message for two days; that leaves one for an outage. What was told
stays in the draft, and who comes back is asked whether they want to go on. On the chat page
nothing lies about: what stands there can only be read with someone's own link.
"""

from collections.abc import Collection

from bot.dialogue.conversation import SWEEPING
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
            if not talk.keeps_log
        ],
    )


async def sweep(tx: Transaction, talk: Talk, now: int) -> None:
    """Take out of the chat of ``talk`` what either side said up to their last contact.

    What a professional wrote later has perhaps not been seen yet, and stays.
    """
    refs = await messages.swept(tx, talk.voice.id, talk.voice.touched, now)
    if refs:
        await messages.farewell(tx, talk.voice.chat, refs, None, now)
