"""Keeps what was spoken: the recordings of a voice, and those that were handed over with a page.

* A recording is sealed with the key of its voice, in pieces, and bound to its row and place.
* A page gets a copy sealed with the page's own key. It is made at once when the recording is here,
  and else when it comes.
* Until it was fetched, a recording is what it takes to fetch it (``Fetch``), sealed as well.
"""

import json
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from msgspec import Struct

from bot.storage import codec
from bot.storage.errors import Damaged
from bot.storage.records import Voice
from bot.storage.transaction import Row, Transaction

PIECE = 16 * 16_384 - 4
"""Bytes in one piece: with its length, a whole number of the vault's largest bucket."""

NoteState: TypeAlias = Literal["waiting", "here", "lost"]


class About(Struct, frozen=True):
    """What is known of a recording. ``source`` is where its channel has it, until it is here."""

    seconds: int
    mime: str = ""
    source: str = ""
    schema: int = 1

    def __repr__(self) -> str:
        return "About(…)"


@dataclass(frozen=True, slots=True)
class Recording:
    """What was spoken, to be listened to."""

    content: bytes = field(repr=False)
    mime: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Fetch:
    """A recording that is still to be fetched, of a voice on ``channel``."""

    id: int
    voice: int
    channel: str
    source: str = field(repr=False)
    at: int
    attempts: int


async def add(tx: Transaction, voice: Voice, about: About, content: bytes | None, now: int) -> int:
    """Keep a recording of ``voice``; its number. Without ``content`` it is still to be fetched."""
    id_ = await tx.next_id("note")
    state: NoteState = "waiting" if content is None else "here"
    await tx.run(
        "insert into note (id, voice, number, state, at, due, about) values (?, ?, ?, ?, ?, ?, ?)",
        (id_, voice.id, id_, state, now, now, _about(tx, voice.key, id_, about)),
    )
    if content is not None:
        await _put(tx, voice.key, id_, content)
    return id_


async def keep_only(tx: Transaction, voice: int, mentioned: Collection[int]) -> None:
    """The recordings of ``voice`` that nothing mentions any more go.

    But not one that a page still waits for: that goes when it has come.
    """
    await tx.run(
        """
        delete from note where voice = ? and id not in (select value from json_each(?))
            and (state <> 'waiting' or not exists (
                select 1 from note as copy
                where copy.number = note.id and copy.page is not null and copy.state = 'waiting'))
        """,
        (voice, json.dumps(list(mentioned))),
    )


async def due(tx: Transaction, now: int, limit: int) -> list[Fetch]:
    """At most ``limit`` recordings to fetch now, the one that waits longest first."""
    found = await tx.rows(
        """
        select note.id, voice, channel, note.about, note.at, attempts, voice.key
        from note join voice on voice.id = note.voice
        where state = 'waiting' and due <= ? order by due, note.id limit ?
        """,
        (now, limit),
    )
    return [_fetch(tx, row) for row in found]


async def next_due(tx: Transaction) -> int | None:
    """When the next recording is to be fetched (it may be past); None when there is none."""
    (found,) = await tx.rows(
        "select min(due) as due from note where state = 'waiting' and voice is not null"
    )
    due_at: int | None = found["due"]
    return due_at


async def postpone(tx: Transaction, note: int, until: int) -> None:
    """It did not come; try it again then."""
    await tx.run(
        "update note set due = ?, attempts = attempts + 1 where id = ? and state = 'waiting'",
        (until, note),
    )


async def fetched(tx: Transaction, note: int, content: bytes, mime: str) -> bool:
    """It has come: from now on it can be listened to, on every page it was handed over with too.

    False when it is not waited for any more: its voice or its answer went while it was under way.
    """
    rows = await tx.rows(
        "select note.id, voice, voice.key, note.about from note"
        " join voice on voice.id = note.voice where note.id = ? and state = 'waiting'",
        (note,),
    )
    if not rows:
        return False
    key = tx.vault.unwrap(rows[0]["key"], "voice", "key", rows[0]["voice"])
    plain = tx.vault.unseal(key, rows[0]["about"], "note", "about", note)
    about = About(codec.decode(plain, About).seconds, mime)
    await _arrived(tx, note, key, about, content)
    for copy in await tx.rows(
        "select note.id, page, page.key from note join page on page.id = note.page"
        " where number = ? and note.state = 'waiting'",
        (note,),
    ):
        key = tx.vault.unwrap(copy["key"], "page", "key", copy["page"])
        await _arrived(tx, copy["id"], key, about, content)
    return True


async def lose(tx: Transaction, note: int) -> None:
    """It will not come any more; nor will its copies."""
    await tx.run(
        "update note set state = 'lost' where state = 'waiting'"
        " and (id = ?1 or (number = ?1 and page is not null))",
        (note,),
    )


async def is_to_write_out(tx: Transaction, since: int) -> bool:
    """Whether there are any of those that ``to_write_out`` gives."""
    return bool(
        await tx.rows(
            "select 1 from note where state = 'here' and asked = 0 and voice is not null"
            " and at >= ? limit 1",
            (since,),
        )
    )


async def to_write_out(tx: Transaction, since: int, limit: int) -> list[tuple[int, int]]:
    """The (id, voice) of recordings since then that were never given to be written out.

    They are from now on: that is tried once.
    """
    rows = await tx.rows(
        "update note set asked = 1 where id in ("
        "   select id from note where state = 'here' and asked = 0 and voice is not null"
        "   and at >= ? order by at limit ?)"
        " returning id, voice",
        (since, limit),
    )
    return [(row["id"], row["voice"]) for row in rows]


async def hand_over(tx: Transaction, page: int, numbers: Collection[int], now: int) -> None:
    """The page has a copy of each of these recordings of its voice, and of no other."""
    await tx.run(
        "delete from note where page = ? and number not in (select value from json_each(?))",
        (page, json.dumps(list(numbers))),
    )
    for row in await tx.rows(
        "select note.id, note.voice, voice.key, note.state, note.about, page.key as page_key"
        " from page join note on note.voice = page.voice join voice on voice.id = page.voice"
        " where page.id = ?1 and note.id in (select value from json_each(?2))"
        " and note.id not in (select number from note as copy where copy.page = ?1)"
        " order by note.id",
        (page, json.dumps(list(numbers))),
    ):
        await _copy(tx, page, row, now)


async def of_voice(tx: Transaction, voice: int, note: int) -> Recording | None:
    """A recording of this voice; None when it has none of that number, or not yet."""
    rows = await tx.rows(
        "select note.id, note.about, voice.id as owner, voice.key from note"
        " join voice on voice.id = note.voice"
        " where voice = ? and note.id = ? and state = 'here'",
        (voice, note),
    )
    return await _opened(tx, rows[0], "voice") if rows else None


async def of_page(tx: Transaction, page: int, number: int) -> Recording | NoteState | None:
    """A recording that was handed over with this page; else what became of it.

    None when the page has none of that number. Whose page it is, is the caller's to know.
    """
    rows = await tx.rows(
        "select note.id, note.about, note.state, page.id as owner, page.key from note"
        " join page on page.id = note.page where page = ? and number = ?",
        (page, number),
    )
    if not rows:
        return None
    state: NoteState = rows[0]["state"]
    return await _opened(tx, rows[0], "page") if state == "here" else state


async def states_on(tx: Transaction, page: int) -> dict[int, NoteState]:
    """What became of each recording that was handed over with this page."""
    rows = await tx.rows("select number, state from note where page = ?", (page,))
    return {row["number"]: row["state"] for row in rows}


# --- Sealing ------------------------------------------------------------------------------------


def _about(tx: Transaction, key: bytes, note: int, about: About) -> bytes:
    return tx.vault.seal(key, codec.encode(about), "note", "about", note)


async def _put(tx: Transaction, key: bytes, note: int, content: bytes) -> None:
    pieces = [content[start : start + PIECE] for start in range(0, len(content), PIECE)]
    await tx.run_many(
        "insert into note_piece (note, place, body) values (?, ?, ?)",
        [
            (note, place, tx.vault.seal(key, piece, "note_piece", "body", note, place))
            for place, piece in enumerate(pieces)
        ],
    )


async def _arrived(tx: Transaction, note: int, key: bytes, about: About, content: bytes) -> None:
    await tx.run(
        "update note set state = 'here', about = ? where id = ?",
        (_about(tx, key, note, about), note),
    )
    await _put(tx, key, note, content)


async def _copy(tx: Transaction, page: int, row: Row, now: int) -> None:
    page_key = tx.vault.unwrap(row["page_key"], "page", "key", page)
    key = tx.vault.unwrap(row["key"], "voice", "key", row["voice"])
    plain = tx.vault.unseal(key, row["about"], "note", "about", row["id"])
    about = codec.decode(plain, About)
    copy = await tx.next_id("note")
    await tx.run(
        "insert into note (id, page, number, state, at, due, about) values (?, ?, ?, ?, ?, ?, ?)",
        (
            copy,
            page,
            row["id"],
            row["state"],
            now,
            now,
            _about(tx, page_key, copy, About(about.seconds, about.mime)),
        ),
    )
    if row["state"] == "here":
        await _put(tx, page_key, copy, await _content(tx, key, row["id"]))


async def _content(tx: Transaction, key: bytes, note: int) -> bytes:
    rows = await tx.rows(
        "select place, body from note_piece where note = ? order by place", (note,)
    )
    return b"".join(
        tx.vault.unseal(key, row["body"], "note_piece", "body", note, row["place"]) for row in rows
    )


async def _opened(tx: Transaction, row: Row, owner: Literal["voice", "page"]) -> Recording | None:
    try:
        key = tx.vault.unwrap(row["key"], owner, "key", row["owner"])
        plain = tx.vault.unseal(key, row["about"], "note", "about", row["id"])
        about = codec.decode(plain, About)
        return Recording(await _content(tx, key, row["id"]), about.mime, about.seconds)
    except Damaged:
        return None


def _fetch(tx: Transaction, row: Row) -> Fetch:
    try:
        key = tx.vault.unwrap(row["key"], "voice", "key", row["voice"])
        plain = tx.vault.unseal(key, row["about"], "note", "about", row["id"])
        source = codec.decode(plain, About).source
    except Damaged:
        source = ""  # nobody can fetch that: it is given up
    return Fetch(row["id"], row["voice"], row["channel"], source, row["at"], row["attempts"])
