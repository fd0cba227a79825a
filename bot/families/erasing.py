"""Erases someone who asked for it: all they told in this chat, and what stands in the chat."""

from bot.families.talk import Talk
from bot.storage import messages, set_aside, shares, voices
from bot.storage.transaction import Transaction


async def erase(tx: Transaction, talk: Talk, now: int) -> None:
    """The keys and every row of this voice, and of those the chat had before it; and what a
    mistake of ours set aside of this chat.

    Other voices of the case are spared, but for what was shared with them from here. What it takes
    to clear the chat outlives it a moment.
    """
    refs = await messages.refs_since(tx, talk.voice.id, now - messages.CLEARABLE)
    refs += [row.ref for row in talk.out if row.ref is not None]
    doomed = await voices.of_same_chat(tx, talk.voice.id)
    await shares.forget(tx, doomed, now)
    await voices.erase(tx, doomed)
    await set_aside.forget_of(tx, talk.voice.chat)
    said = [row.message for row in talk.out if row.kind == "say"]
    if not talk.keeps_log:
        await messages.farewell(tx, talk.voice.chat, refs, said[-1] if said else None, now)
