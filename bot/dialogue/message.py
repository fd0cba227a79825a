"""What is said to someone, as plain data: paragraphs, buttons, and references to words.

Texts are references (``Text``); a language is chosen only when rendering.
"""

from typing import Literal, TypeAlias

from msgspec import Struct


class Moment(Struct, frozen=True, tag="moment"):
    """A moment in Unix seconds, said as a day in Dutch time, and with ``clock`` the time too.

    With ``year``, for what may be long ago, the year as well.
    """

    at: int
    clock: bool = True
    year: bool = False


class Text(Struct, frozen=True, tag="text"):
    """Words to be found in a catalogue, under ``key``, with named values put in.

    A value is a number, a name (a string), a moment or another text. ``count`` picks the plural
    form.
    """

    key: str
    values: dict[str, "int | str | Moment | Text"] = {}
    count: int | None = None


class Quote(Struct, frozen=True, tag="quote"):
    """Someone's own words, to be shown exactly as they are and never looked up."""

    words: str

    def __repr__(self) -> str:
        return "Quote(…)"


Piece: TypeAlias = Text | Quote


Role: TypeAlias = Literal["line", "question", "heading", "quote", "small", "link"]
"""How a part looks: a line, the question, an item's name, own words, small print, or an address
to give to someone."""


class Part(Struct, frozen=True):
    """One paragraph of a message."""

    pieces: tuple[Piece, ...]
    role: Role = "line"


class Button(Struct, frozen=True):
    """A button under a message. ``code`` comes back in ``Tapped``; at most 48 bytes."""

    label: Piece
    code: str
    ticked: bool = False


class Say(Struct, frozen=True, tag="say"):
    """A message to the family. ``rows`` are its buttons, drawn for ``turn``.

    ``asks`` marks the message that carries the question of this turn. ``phone`` asks the channel
    for its own way of sharing one's phone number ("ask"), or to put that away ("done"). ``aloud``
    says that the question can be answered aloud, ``unasked`` that it comes by itself: a channel
    that announces messages shows no word of it there. ``share`` is what another voice shared that
    is said here: it goes when that goes.
    """

    parts: tuple[Part, ...]
    turn: int
    rows: tuple[tuple[Button, ...], ...] = ()
    asks: bool = False
    phone: Literal["ask", "done"] | None = None
    aloud: bool = False
    unasked: bool = False
    share: int | None = None
