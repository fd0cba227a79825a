"""Keeps what one voice shared with another, sealed for each of the two with their own key.

* The sharer's copy says what they gave; the reader's is what is shown to the reader. Before anyone
  came there is no reader's copy; when the reader erases theirs, the sharer's does not tell.
* When the sharer erases everything, or takes it back, it is gone on both sides, and what was said
  of it in the reader's chat is taken out of that chat as far as the channel allows.
"""

import json
import logging
from collections.abc import Sequence

from msgspec import Struct

from bot.dialogue.between import Earlier, Given, Got
from bot.dialogue.message import Quote, Text
from bot.storage import codec, messages, voices
from bot.storage.errors import Damaged
from bot.storage.records import Voice
from bot.storage.transaction import Transaction
from bot.storage.voices import SAME_CHAT

log = logging.getLogger(__name__)


class Phrase(Struct, frozen=True):
    """A reference to words in every language, or someone's own; ``read`` is how the sharer read it,
    for when that reference leads nowhere any more."""

    piece: Text | Quote
    read: str

    def __repr__(self) -> str:
        return "Phrase(…)"


class Passed(Struct, frozen=True):
    """One answer that was shared: to which question, how it is called, and what was said."""

    question: str
    asked: Phrase
    said: tuple[Phrase, ...]


class Body(Struct, frozen=True):
    """All that was shared at once, in the order of the page."""

    answers: tuple[Passed, ...]
    schema: int = 1


async def add(
    tx: Transaction, tie: int, sharer: Voice, reader: Voice | None, body: Body, now: int
) -> int:
    """``sharer`` gives this to ``reader``, or to whoever comes over ``tie``; its number."""
    id_ = await tx.next_id("share")
    plain = codec.encode(body)
    await tx.run(
        "insert into share (id, tie, sharer, reader, at, own, body) values (?, ?, ?, ?, ?, ?, ?)",
        (
            id_,
            tie,
            sharer.id,
            reader.id if reader else None,
            now,
            tx.vault.seal(sharer.key, plain, "share", "own", id_),
            tx.vault.seal(reader.key, plain, "share", "body", id_) if reader else None,
        ),
    )
    return id_


async def given(tx: Transaction, sharer: Voice) -> tuple[tuple[Given, Body], ...]:
    """What this voice gave and did not take back, the newest first. Raises ``Damaged``."""
    rows = await tx.rows(
        "select id, tie, at, looked_at, own from share where sharer = ? and taken_back = 0"
        " order by id desc",
        (sharer.id,),
    )
    found = []
    for row in rows:
        plain = tx.vault.unseal(sharer.key, row["own"], "share", "own", row["id"])
        body = codec.decode(plain, Body)
        questions = tuple(answer.question for answer in body.answers)
        known = Given(row["id"], row["tie"], row["at"], questions, row["looked_at"])
        found.append((known, body))
    return tuple(found)


async def earlier(tx: Transaction, voice: int) -> tuple[Earlier, ...]:
    """What the voices gave that this chat had before this one, and did not take back.

    The newest first, and before those the ones that nobody looked at.
    """
    rows = await tx.rows(
        "select id, at, looked_at from share"  # noqa: S608 - our own
        f" where sharer <> ?1 and sharer in ({SAME_CHAT}) and taken_back = 0"
        " order by looked_at is not null, id desc",
        (voice,),
    )
    return tuple(Earlier(row["id"], row["at"], row["looked_at"]) for row in rows)


async def got(tx: Transaction, reader: int) -> tuple[Got, ...]:
    """What was given to this voice and is still there, the newest first."""
    rows = await tx.rows(
        "select id, tie, at, looked_at from share"
        " where reader = ? and taken_back = 0 and dropped = 0 order by id desc",
        (reader,),
    )
    return tuple(Got(row["id"], row["tie"], row["at"], row["looked_at"]) for row in rows)


async def look(tx: Transaction, reader: Voice, share: int, now: int) -> Body | None:
    """What ``reader`` chose to look at; None when it is not theirs, or gone. Raises ``Damaged``.

    From now on its sharer cannot take it back.
    """
    rows = await tx.rows(
        "update share set looked_at = coalesce(looked_at, ?)"
        " where id = ? and reader = ? and taken_back = 0 and dropped = 0 returning body",
        (now, share, reader.id),
    )
    return _opened(tx, reader, share, rows[0]["body"]) if rows else None


async def looked(tx: Transaction, reader: Voice) -> tuple[tuple[Got, Body | None], ...]:
    """What was given to ``reader``, with the words of what they looked at. Raises ``Damaged``."""
    found = []
    for known in await got(tx, reader.id):
        (row,) = await tx.rows("select body from share where id = ?", (known.share,))
        seen = known.looked is not None
        found.append((known, _opened(tx, reader, known.share, row["body"]) if seen else None))
    return tuple(found)


async def take_back(tx: Transaction, sharer: int, share: int, now: int) -> bool:
    """Nothing of it is left on either side. False when it was looked at, or is not theirs.

    Theirs is also what the voices gave that this chat had before: whoever went on in another case
    would have no way to it otherwise, but to erase everything. That there was one stays known,
    without a word: so many can be given in a day.
    """
    rows = await tx.rows(
        "update share set taken_back = 1, own = null, body = null"  # noqa: S608 - our own
        f" where id = ?2 and sharer in ({SAME_CHAT}) and looked_at is null and taken_back = 0"
        " returning id",
        (sharer, share),
    )
    if rows:
        await _unsay(tx, [share], now)
    return bool(rows)


async def drop(tx: Transaction, reader: int, share: int, now: int) -> bool:
    """``reader`` does not want it: it goes on their side. False when it is not theirs."""
    rows = await tx.rows(
        "update share set dropped = 1, body = null"
        " where id = ? and reader = ? and taken_back = 0 and dropped = 0 returning id",
        (share, reader),
    )
    if rows:
        await _unsay(tx, [share], now)
    return bool(rows)


async def given_since(tx: Transaction, tie: int, sharer: int, since: int) -> int:
    """How often this voice gave something over ``tie`` after ``since``, taken back or not."""
    (row,) = await tx.rows(
        "select count(*) as number from share where tie = ? and sharer = ? and at > ?",
        (tie, sharer, since),
    )
    return int(row["number"])


async def arrived(tx: Transaction, reader: Voice) -> list[int]:
    """What waited for ``reader`` is theirs from now on; the numbers of it, the oldest first.

    What cannot be opened goes on waiting, so that one flipped byte keeps nobody out of a case.
    """
    rows = await tx.rows(
        "select share.id, sharer, own from share join tie on tie.id = tie"
        " where tie.invited = ? and reader is null and body is null and taken_back = 0"
        " order by share.id",
        (reader.id,),
    )
    known = await voices.by_id(tx, {row["sharer"] for row in rows})
    here = []
    for row in rows:
        id_, key = row["id"], known[row["sharer"]].key
        try:
            plain = tx.vault.unseal(key, row["own"], "share", "own", id_)
        except Damaged as error:
            log.warning("share %d cannot be opened: %s", id_, error)
            continue
        body = tx.vault.seal(reader.key, plain, "share", "body", id_)
        await tx.run("update share set reader = ?, body = ? where id = ?", (reader.id, body, id_))
        here.append(id_)
    return here


async def forget(tx: Transaction, ids: Sequence[int], now: int) -> None:
    """These voices are about to be erased: what they gave goes everywhere, what they got with them.

    The one who gave it is not told.
    """
    doomed = json.dumps(list(ids))
    rows = await tx.rows(
        "select id from share where sharer in (select value from json_each(?))", (doomed,)
    )
    await _unsay(tx, [row["id"] for row in rows], now)
    await tx.run("delete from share where sharer in (select value from json_each(?))", (doomed,))
    await tx.run(
        "update share set reader = null, body = null, dropped = 1"
        " where reader in (select value from json_each(?))",
        (doomed,),
    )


async def _unsay(tx: Transaction, shares: Sequence[int], now: int) -> None:
    """Take what was said because of these out of the chats of their readers."""
    rows = await tx.rows(
        "delete from message where share in (select value from json_each(?))"
        " returning voice, ref, at",
        (json.dumps(list(shares)),),
    )
    refs: dict[int, list[int]] = {}
    for row in rows:
        if row["ref"] is not None and row["at"] >= now - messages.CLEARABLE:
            refs.setdefault(row["voice"], []).append(row["ref"])
    readers = [voice for voice in (await voices.by_id(tx, refs)).values() if not voice.damaged]
    for voice in readers:
        await messages.farewell(tx, voice.chat, sorted(refs[voice.id]), None, now)


def _opened(tx: Transaction, reader: Voice, share: int, body: bytes) -> Body:
    return codec.decode(tx.vault.unseal(reader.key, body, "share", "body", share), Body)
