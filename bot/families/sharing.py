"""Lets voices of one case share with each other what they choose, inside the transaction of a tap.

Everything that is asked is held against whose it is, whatever a button says. The reader gets one
message without a word of it, and sees it when they choose to look. Professionals see nothing here:
it is between voices.
"""

from dataclasses import replace
from typing import assert_never

from bot.dialogue.between import (
    AskShares,
    DropShare,
    GiveShare,
    ShareOutcome,
    ShareRequest,
    Shares,
    SharesTold,
    ShowShare,
    TakeShareBack,
)
from bot.dialogue.lock import shut_since
from bot.dialogue.message import Button, Say, Text
from bot.dialogue.phrases import button, line, word
from bot.dialogue.shareable import shareable
from bot.dialogue.sharing import NOTICE
from bot.families.passed import Word, passed_on, told
from bot.families.talk import DAY, Scribe, Talk
from bot.library import Library
from bot.storage import messages, shares, ties
from bot.storage.records import DONE, PENDING, NewMessage, Voice
from bot.storage.transaction import Transaction
from bot.texts import Texts

MOST = 5
"""So often a day can something be given to one and the same person: nobody is to be pestered."""


async def answered(
    tx: Transaction, scribe: Scribe, talk: Talk, asked: ShareRequest, now: int
) -> tuple[Talk, SharesTold]:
    """``talk`` after what was ``asked`` is done, and what to tell of it."""
    me = talk.voice
    outcome: ShareOutcome
    match asked:
        case AskShares(share):
            return talk, SharesTold("told", await _now(tx, me), share)
        case ShowShare(share):
            body = await shares.look(tx, me, share, now)
            if body is None:
                return talk, SharesTold("gone", await _now(tx, me))
            words = told(body, _read_by(scribe, me))
            return talk, SharesTold("shown", await _now(tx, me), share, words)
        case GiveShare(tie, questions):
            outcome = await _given(tx, scribe, talk, tie, questions, now)
        case TakeShareBack(share):
            is_back = await shares.take_back(tx, me.id, share, now)
            outcome = "taken_back" if is_back else await _why_not(tx, me, share)
        case DropShare(share):
            outcome = "dropped" if await shares.drop(tx, me.id, share, now) else "gone"
            # What was shown in this same batch is not sent any more either.
            talk = replace(talk, out=tuple(row for row in talk.out if row.share != share))
        case _:
            assert_never(asked)
    return talk, SharesTold(outcome, await _now(tx, me))


async def arrived(tx: Transaction, library: Library, voice: Voice, now: int) -> None:
    """``voice`` came by an invitation: they hear of what was shared with them before, if anything.

    Once, however much it is, and after everything they are told first.
    """
    waiting = await shares.arrived(tx, voice)
    if waiting:
        await _notify(tx, library.texts, voice, waiting[-1], now)


async def _now(tx: Transaction, voice: Voice) -> Shares:
    given = tuple(known for known, _ in await shares.given(tx, voice))
    return Shares(
        await ties.of(tx, voice.id),
        given,
        await shares.got(tx, voice.id),
        await shares.earlier(tx, voice.id),
    )


async def _given(
    tx: Transaction,
    scribe: Scribe,
    talk: Talk,
    tie: int,
    questions: tuple[str, ...],
    now: int,
) -> ShareOutcome:
    """Exactly what was on the screen: made anew from the same answers by the same rule."""
    me, found = talk.voice, shareable(talk.dialogue, talk.voice.conversation)
    chosen = tuple(item for item in found if item.question in questions)
    if not chosen or tie not in {other.tie for other in await ties.of(tx, me.id)}:
        return "gone"
    if await shares.given_since(tx, tie, me.id, now - DAY) >= MOST:
        return "often"
    language = me.conversation.language
    values = scribe.values(me.conversation.team, language)

    def read(text: Text) -> str:
        return scribe.texts.text(text, language, values, talk.words)

    reader = await ties.other_end(tx, tie, me.id)
    share = await shares.add(tx, tie, me, reader, passed_on(chosen, read), now)
    if reader is not None:
        await _notify(tx, scribe.texts, reader, share, now)
    return "given"


async def _why_not(tx: Transaction, me: Voice, share: int) -> ShareOutcome:
    still_there = {known.share for known, _ in await shares.given(tx, me)}
    still_there |= {known.share for known in await shares.earlier(tx, me.id)}
    return "looked_first" if share in still_there else "gone"


def _read_by(scribe: Scribe, reader: Voice) -> Word:
    language = reader.conversation.language
    values = scribe.values(reader.conversation.team, language)
    return lambda text: scribe.texts.text(text, language, values)


async def _notify(tx: Transaction, texts: Texts, reader: Voice, share: int, now: int) -> None:
    """Word that there is something to see, with nothing in it that a notification may not show.

    Its button works for as long as the message stands there: on Telegram it belongs to no turn, so
    that going on with the talk does not take it away. The chat page shows that of this turn only,
    and the menu has the same.
    """
    conversation = reader.conversation
    on_the_page = reader.chat.channel == "web"
    turn = max(conversation.turn, shut_since(conversation)) if on_the_page else 0
    see = Button(word("share_notice_see"), f"{NOTICE}.{share}")
    rows = ((see,), (button("leave", "-leave"),))
    say = Say((line("share_notice"),), turn, rows=rows, unasked=True)
    message = texts.say(say, conversation.language, {})
    state = DONE if on_the_page else PENDING
    new = NewMessage(reader, reader.chat, "say", now, message, turn=turn, state=state, share=share)
    await messages.enqueue(tx, [new], now)
