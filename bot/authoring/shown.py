"""How a message and a page stand in a transcript: as the lines that someone reads."""

from collections.abc import Iterator
from typing import NamedTuple

from msgspec.structs import replace

from bot.handover.page import Page
from bot.handover.plain import as_text
from bot.rehearsal import BAR
from bot.texts import Message


class Place(NamedTuple):
    """Where a line stands: in which message, in which of its paragraphs, and how far down."""

    message: int
    part: int
    line: int


DRAWN = "[tekening] "
"""Stands before what a picture shows in words, as who cannot see it hears it."""


def read_lines(said: tuple[Message, ...]) -> Iterator[tuple[Place, str]]:
    """Every line that is read, in order, with its place."""
    for number, message in enumerate(said):
        for part, paragraph in enumerate(message.lines):
            for place, line in enumerate(paragraph.text.splitlines()):
                if line.strip():
                    sign = DRAWN if message.picture and not (part or place) else ""
                    yield Place(number, part, place), sign + line.strip()


def said_lines(message: Message) -> Iterator[str]:
    """A message as it is written down: its lines, the buttons behind the last.

    Small print (how far someone is) and the row that is always there are left out.
    """
    read = [line.text for line in message.lines if line.role != "small"]
    lines = [line for paragraph in read for line in paragraph.splitlines() if line.strip()]
    if message.picture:
        lines[0] = DRAWN + lines[0]
    yield from lines[:-1]
    yield (lines[-1] if lines else "") + behind(labels(message))


def behind(buttons: list[str]) -> str:
    """Buttons as they stand behind a line."""
    return "  " + " ".join(f"[{label}]" for label in buttons) if buttons else ""


def labels(message: Message) -> list[str]:
    """What the buttons of a message read, but for the row that is always there."""
    return [key.label for row in message.rows for key in row if key.code not in BAR]


def page_lines(page: Page) -> list[str]:
    """A page as it stands in a transcript."""
    return [line.strip() for line in as_text(page).splitlines() if line.strip()]


def lasting_lines(page: Page) -> list[str]:
    """The lines of a page that are the same whenever it is made and whatever it is called."""
    other = replace(page, code=f"{page.code}'", came=page.came + 400 * 86_400)
    return [
        line
        for line, again in zip(page_lines(page), page_lines(other), strict=True)
        if line == again
    ]


def written(said: tuple[Message, ...], page: Page | None) -> Iterator[str]:
    """All that came of one deed, as the lines of a transcript."""
    for message in said:
        yield from (f"< {line}" for line in said_lines(message))
    if page is not None:
        yield from (f"= {line}" for line in lasting_lines(page))
