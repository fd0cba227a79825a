"""Lays a message out for Telegram: plain text with entities, in pieces that Telegram takes.

Nothing is ever parsed from the text itself, so whatever a family writes stays text. Offsets and
lengths are in UTF-16 code units, as Telegram counts (Bot API, MessageEntity).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import replace
from telegram import MessageEntity
from telegram.constants import MessageEntityType, MessageLimit

from bot.texts import LineRole, Message

LONGEST = MessageLimit.MAX_TEXT_LENGTH.value
"""Telegram takes no longer message, in UTF-16 code units."""

LONGEST_CAPTION = MessageLimit.CAPTION_LENGTH.value
"""Nor more words under a picture."""

WORTH_FILLING = 1000
"""With less room than this, a line that has to be cut anyway begins a new message."""

STYLES: dict[LineRole, MessageEntityType] = {
    "question": MessageEntityType.BOLD,
    "heading": MessageEntityType.BOLD,
    "quote": MessageEntityType.BLOCKQUOTE,
}
"""How the roles of a line look; the others are plain."""

MORE = " …"
"""Stands at the end of what was cut."""

_ISOLATES, _ENDS = re.compile("[\u2066-\u2068]"), "\u2069"


@dataclass(frozen=True, slots=True)
class Piece:
    """What fits in one message of Telegram."""

    text: str
    entities: tuple[MessageEntity, ...] = ()

    def __repr__(self) -> str:
        return f"Piece({units(self.text)} units, {len(self.entities)} entities)"


def units(text: str) -> int:
    """The length of ``text`` in UTF-16 code units."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def pieces(message: Message, longest: int = LONGEST) -> tuple[Piece, ...]:
    """All of ``message``, cut between paragraphs, else lines, else words. None without words."""
    done: list[Piece] = []
    page = _Page(longest)
    for line in message.lines:
        rest = line.text.strip()
        while rest:
            room, length = page.room(line.role), units(rest)
            if length > room and (length <= longest or room < min(WORTH_FILLING, longest // 2)):
                done.append(page.piece())
                page = _Page(longest)
                continue
            here, rest = _cut(rest, room)
            page.add(here, line.role)
    if page.text:
        done.append(page.piece())
    return tuple(_hidden(piece) for piece in done) if message.unasked else tuple(done)


def _hidden(piece: Piece) -> Piece:
    """``piece`` as a spoiler: Telegram shows nothing of it in a notification or in the list of
    chats, and all of it in the chat itself after a tap. Other entities may lie within it."""
    whole = MessageEntity(MessageEntityType.SPOILER, 0, units(piece.text))
    return Piece(piece.text, (whole, *piece.entities))


def caption(message: Message) -> Piece:
    """What stands under the picture of ``message``: all its words if they fit, else the short ones.

    Visibly cut when those do not fit either.
    """
    found = pieces(message, LONGEST_CAPTION)
    if len(found) == 1 or message.picture is None:
        return found[0]
    return first_piece(replace(message, lines=message.picture.short), LONGEST_CAPTION) or found[0]


def first_piece(message: Message, longest: int = LONGEST) -> Piece | None:
    """As much of ``message`` as fits in one piece, visibly cut when that is not all of it."""
    found = pieces(message, longest)
    if len(found) < 2:
        return found[0] if found else None
    text, entities = found[0].text, found[0].entities
    end = longest - units(MORE)
    if units(text) > end:
        text = _cut(text, end)[0]
        entities = tuple(_within(entities, units(text)))
    return Piece(text + MORE, entities)


class _Page:
    """One piece in the making."""

    def __init__(self, longest: int) -> None:
        self.text = ""
        self._longest = longest
        self._length = 0
        self._last: LineRole = "line"
        self._entities: list[MessageEntity] = []

    def room(self, role: LineRole) -> int:
        """How many units of a line with ``role`` still fit."""
        return self._longest - self._length - len(self._gap(role))

    def add(self, text: str, role: LineRole) -> None:
        gap = self._gap(role)
        self.text += gap + text
        if role in STYLES:
            start = self._length + len(gap)
            self._entities.append(MessageEntity(STYLES[role], start, units(text)))
        self._length += len(gap) + units(text)
        self._last = role

    def piece(self) -> Piece:
        return Piece(self.text, tuple(self._entities))

    def _gap(self, role: LineRole) -> str:
        """What stands between the last line and one with ``role``."""
        if not self.text:
            return ""
        return "\n" if self._last == "heading" and role != "heading" else "\n\n"


def _cut(text: str, room: int) -> tuple[str, str]:
    """The beginning of ``text`` that fits in ``room`` units, and the rest."""
    if units(text) <= room:
        return text, ""
    fits = _fitting(text, room - 1)  # one for the sign that ends an isolate
    end = max(text.rfind("\n", 0, fits + 1), 0)
    if end < fits // 2:
        end = text.rfind(" ", 0, fits + 1)
    if end < fits // 2:
        end = fits
    here, rest = text[:end].rstrip(), text[end:].lstrip()
    opened = _ISOLATES.findall(here)[here.count(_ENDS) :]
    # What has its own direction keeps it on both sides of the cut; isolates do not nest here.
    return here + _ENDS * len(opened[:1]), "".join(opened[-1:]) + rest


def _fitting(text: str, room: int) -> int:
    """How many signs of ``text`` fit in ``room`` units."""
    if text.isascii():
        return min(len(text), room)
    taken = 0
    for place, sign in enumerate(text):
        taken += 2 if sign > "\uffff" else 1
        if taken > room:
            return place
    return len(text)


def _within(entities: tuple[MessageEntity, ...], end: int) -> Iterator[MessageEntity]:
    for entity in entities:
        if entity.offset < end:
            length = min(entity.length, end - entity.offset)
            yield MessageEntity(entity.type, entity.offset, length)
