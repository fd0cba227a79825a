"""The engine's own words, as a line, a button, or a part of either."""

from typing import TypeAlias

from bot.dialogue.message import Button, Moment, Part, Text
from bot.dialogue.vocabulary import ENGINE

Rows: TypeAlias = tuple[tuple[Button, ...], ...]
"""The buttons under a message."""


def word(key: str, **values: int | str | Moment | Text) -> Text:
    """One of the engine's own words, from ``dialogen/vaste_woorden.yaml``."""
    return Text(f"{ENGINE}/{key}", values)


def line(key: str, **values: int | str | Moment | Text) -> Part:
    """A line in the engine's own words."""
    return Part((word(key, **values),))


def button(key: str, code: str) -> Button:
    """A button with one of the engine's own words."""
    return Button(word(key), code)
