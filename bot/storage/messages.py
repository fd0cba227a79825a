"""The outbox, and the log of what was said: one table, in the order in which it was committed.

* Only the oldest pending message of a chat is due, so that a chat reads in order; a chat that has
  to wait holds up no other.
* Ids go up in the order of the transactions, and never come back.
* What may never be sent twice is marked before it goes (``begin``): after a stop halfway nobody
  knows whether it arrived, and something else is said in its place (``replace``).
* On Telegram the words go as soon as they are delivered; what stays is the channel's number of the
  message, for closing or clearing it. On the chat page the message is the log itself.
"""

import json
import logging
from collections.abc import Collection, Sequence

from bot.storage.envelopes import closed, opened, said
from bot.storage.errors import Damaged
from bot.storage.records import (
    DONE,
    GIVEN_UP,
    PENDING,
    Chat,
    MessageKind,
    NewMessage,
    Pending,
    Voice,
)
from bot.storage.transaction import Transaction
from bot.storage.voices import SAME_CHAT, chat_hash
from bot.texts import Message

log = logging.getLogger(__name__)

CLEARABLE = 48 * 3600
"""Seconds in which a bot may take a message out of a chat (Bot API, deleteMessage)."""


AT_ONCE_AFTER = 3600
"""Seconds after a contact in which what we said to it has arrived, an outage apart."""


async def enqueue(tx: Transaction, messages: Sequence[NewMessage], now: int) -> None:
    """Put these messages in the outbox, in this order; those that are ``DONE`` in the log.

    A screen that is redrawn twice is drawn once, as it was last.
    """
    redrawn = [(new.voice.id, new.turn) for new in messages if new.voice and new.kind == "redraw"]
    if redrawn:
        await tx.run_many(
            "delete from message where voice = ? and turn = ? and kind = 'redraw'", redrawn
        )
    first = await tx.next_id("message")
    rows = [(id_, new, closed(tx.vault, id_, new)) for id_, new in enumerate(messages, first)]
    await _insert(tx, rows, now)


async def farewell(
    tx: Transaction, chat: Chat, refs: Collection[int], message: Message | None, now: int
) -> None:
    """After a voice was erased: take its messages (``refs``) out of the chat, and say ``message``.

    It belongs to no voice any more, so it carries all it needs itself, and goes when delivered.
    """
    id_ = await tx.next_id("message")
    last = NewMessage(None, chat, "clear", now, message)
    await _insert(tx, [(id_, last, closed(tx.vault, id_, last, tuple(refs)))], now)


async def due(tx: Transaction, now: int, limit: int) -> list[Pending]:
    """At most ``limit`` messages to deliver now: the oldest of each chat, if its time is there."""
    found = await tx.rows(
        """
        select message.id, voice, professional, message.channel, kind, turn, attempts, body,
            under_way, share, voice.key, voice.address
        from message left join voice on voice.id = message.voice
        where message.id in (
            select id from (select min(id) as id, due from message where state = 0 group by chat)
            where due <= ?
        )
        order by message.id limit ?
        """,
        (now, limit),
    )
    return [opened(tx.vault, row) for row in found]


async def next_due(tx: Transaction) -> int | None:
    """When the next message is due (it may be past), or None when nothing is pending."""
    (found,) = await tx.rows(
        """
        select min(due) as due
        from (select min(id), due from message where state = 0 group by chat)
        """
    )
    due_at: int | None = found["due"]
    return due_at


async def delivered(
    tx: Transaction, messages: Sequence[tuple[int, int | None]], now: int
) -> list[int]:
    """These (id, channel's number) have arrived: what was said is remembered by its number.

    Everything else than a ``say``, a ``picture``, a ``file`` or a ``sound`` to a voice has done
    its work and goes. Returns the ids that were not there any more: forgotten or erased while they
    were under way. What was said among them is to be taken out of the chat again.
    """
    arrived = json.dumps(list(messages))
    kept = await tx.rows(
        """
        update message set state = 1, ref = arrived.ref, at = ?, body = null, under_way = null
        from (select value ->> 0 as id, value ->> 1 as ref from json_each(?)) as arrived
        where message.id = arrived.id and kind in ('say', 'picture', 'file', 'sound')
            and voice is not null
        returning message.id
        """,
        (now, arrived),
    )
    gone = await tx.rows(
        """
        delete from message where id in (select value ->> 0 from json_each(?))
            and (kind not in ('say', 'picture', 'file', 'sound') or voice is null)
        returning id
        """,
        (arrived,),
    )
    known = {row["id"] for row in (*kept, *gone)}
    return [id_ for id_, _ in messages if id_ not in known]


async def begin(tx: Transaction, id_: int, now: int) -> bool:
    """From here on it may have arrived, unless ``postpone`` says that it did not.

    False when it is not to be sent any more: it is gone, or was begun before.
    """
    begun = await tx.rows(
        """
        update message set under_way = ? where id = ? and state = 0 and under_way is null
        returning id
        """,
        (now, id_),
    )
    return bool(begun)


async def replace(tx: Transaction, id_: int, voice: Voice, message: Message, now: int) -> None:
    """Say ``message`` in the place of what may have arrived, and is not to be sent again."""
    said_instead = NewMessage(voice, voice.chat, "say", now, message)
    await tx.run(
        """
        update message set kind = 'say', body = ?, under_way = null, attempts = 0, due = ?
        where id = ? and state = 0
        """,
        (closed(tx.vault, id_, said_instead), now, id_),
    )


async def postpone(tx: Transaction, id_: int, until: int) -> None:
    """Not now, and it did not arrive: try this message, and so its chat, again at ``until``."""
    await tx.run(
        "update message set attempts = attempts + 1, due = ?, under_way = null where id = ?",
        (until, id_),
    )


async def give_up(tx: Transaction, id_: int) -> None:
    """Never: the next message of this chat may go. Its words are not kept."""
    await tx.run("delete from message where id = ? and (kind <> 'say' or voice is null)", (id_,))
    await tx.run("update message set state = ?, body = null where id = ?", (GIVEN_UP, id_))


async def refs_of_turn(tx: Transaction, voice: int, turn: int) -> list[tuple[int, bool]]:
    """What we said in this turn and has arrived: (channel's number, whether it asks)."""
    found = await tx.rows(
        """
        select ref, asks from message
        where voice = ? and turn = ? and kind = 'say' and ref is not null order by id
        """,
        (voice, turn),
    )
    return [(row["ref"], bool(row["asks"])) for row in found]


async def refs_since(
    tx: Transaction, voice: int, since: int, before: int | None = None
) -> list[int]:
    """The channel's numbers of all that was said by either side from ``since`` on, oldest first.

    In the whole chat of this voice, so also what was said to a voice the chat had before. With
    ``before``, only of messages with a lower id: those that were there when a ``clear`` was put in
    the outbox.
    """
    found = await tx.rows(
        f"""
        select ref from message where voice in ({SAME_CHAT})
            and at >= ?2 and ref is not null and (?3 is null or id < ?3) order by id
        """,  # noqa: S608 - a query of our own in it
        (voice, since, before),
    )
    return [row["ref"] for row in found]


async def forget(tx: Transaction, voice: int, before: int | None = None) -> None:
    """Forget everything about the messages in this voice's chat; with ``before`` only those of
    lower ids."""
    await tx.run(
        f"delete from message where voice in ({SAME_CHAT}) and (?2 is null or id < ?2)",  # noqa: S608 - our own
        (voice, before),
    )


async def swept(
    tx: Transaction, voice: int, touched: int, now: int, *, waiting: bool = False
) -> list[int]:
    """Forget what was said in this voice's chat up to the contact at ``touched``; the channel's
    numbers of it that can still be cleared. With ``waiting`` also what was not sent yet."""
    found = await tx.rows(
        f"""
        delete from message where voice in ({SAME_CHAT}) and at <= ?2
            and (?4 or state <> ?3)
        returning ref, at
        """,  # noqa: S608 - a query of our own in it
        (voice, touched + AT_ONCE_AFTER, PENDING, waiting),
    )
    return sorted(
        row["ref"] for row in found if row["ref"] is not None and row["at"] >= now - CLEARABLE
    )


async def unsend(tx: Transaction, voices: Collection[int]) -> None:
    """What still waits to be sent in the chats of these voices is not sent any more.

    What has arrived keeps its number, for a ``clear`` that comes after this. What is under way at
    this moment is reported by ``delivered``.
    """
    await tx.run_many(
        f"delete from message where voice in ({SAME_CHAT}) and state = ?2",  # noqa: S608 - our own
        [(voice, PENDING) for voice in voices],
    )


async def forget_notices(tx: Transaction, professional: int) -> None:
    """Forget what was still to be sent to this professional: they were removed."""
    await tx.run(
        "delete from message where professional = ? and state = ?", (professional, PENDING)
    )


async def log_of(
    tx: Transaction, voice: Voice, after: int = 0
) -> list[tuple[int, MessageKind, int, Message]]:
    """What was said by either side after message ``after``: (id, kind, turn, message), in order.

    Only what kept its words: the chat page's log. What is damaged is left out.
    """
    found = await tx.rows(
        """
        select id, kind, turn, body from message
        where voice = ? and id > ? and state = ? and body is not null order by id
        """,
        (voice.id, after, DONE),
    )
    readable: list[tuple[int, MessageKind, int, Message]] = []
    for row in found:
        try:
            message = said(tx.vault, voice.key, row["id"], row["body"])
        except Damaged as error:
            log.warning("message %d of the log is left out: %s", row["id"], error)
        else:
            readable.append((row["id"], row["kind"], row["turn"], message))
    return readable


async def _insert(
    tx: Transaction, messages: Sequence[tuple[int, NewMessage, bytes | None]], now: int
) -> None:
    rows = [
        (
            id_,
            new.voice.id if new.voice else None,
            new.professional,
            new.chat.channel,
            chat_hash(tx.vault, new.chat),
            new.kind,
            new.turn,
            new.asks,
            new.ref,
            new.state,
            new.due,
            now,
            new.share,
            body,
        )
        for id_, new, body in messages
    ]
    await tx.run_many(
        """
        insert into message (id, voice, professional, channel, chat, kind, turn, asks, ref, state,
            due, at, share, body)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        rows,
    )
