"""Finds in what is said, or on the page, what an author wants to come true there.

In another language the same is expected by reference: the same place of the same message.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from bot.authoring.shown import Place, labels, page_lines, read_lines
from bot.authoring.transcript import Line
from bot.handover.page import Page
from bot.texts import Message


@dataclass(frozen=True, slots=True)
class Expected:
    """A line of the transcript, as it is read in the language of the replay.

    ``lines`` are more than one where a translator divided a paragraph otherwise.
    """

    line: Line
    lines: tuple[str, ...] = field(repr=False)
    labels: tuple[str, ...] = field(default=(), repr=False)


def place_of(line: Line, said: tuple[Message, ...], after: Place) -> Place | None:
    """Where ``line`` stands, not before ``after``, with all its buttons under that message."""
    for place, text in read_lines(said):
        is_it = place >= after and text == line.words
        if is_it and set(line.labels) <= set(labels(said[place.message])):
            return place
    return None


def on_page(
    lines: Sequence[Line], written: Page | None, heard: Page | None
) -> Iterator[tuple[Line, str | None]]:
    """Each line with how it reads on the page of this language; None when it is not there."""
    here = page_lines(written) if written else []
    there = page_lines(heard) if heard else []
    start = 0
    for line in lines:
        place = next((n for n in range(start, len(here)) if here[n] == line.text), None)
        start = start if place is None else place + 1
        yield line, there[place] if place is not None and place < len(there) else None


def translated(
    line: Line, place: Place, written: tuple[Message, ...], said: tuple[Message, ...]
) -> Expected:
    """How ``line``, found at ``place`` of what was ``written``, reads in what is ``said`` now."""
    here = _paragraph(place, written)
    there = _paragraph(place, said)
    read = [there[place.line]] if here.keys() == there.keys() else list(there.values())
    names = dict(zip(labels(written[place.message]), labels(said[place.message]), strict=True))
    return Expected(
        line,
        tuple(read),
        tuple(names[label] for label in line.labels),
    )


def _paragraph(place: Place, said: tuple[Message, ...]) -> dict[int, str]:
    """The lines of the paragraph that ``place`` is in, by how far down they stand."""
    return {
        each.line: text
        for each, text in read_lines(said)
        if (each.message, each.part) == (place.message, place.part)
    }


def not_said(line: Line, said: tuple[Message, ...], after: Place) -> str:
    """What an author hears about a ``line`` that has no place after ``after``."""
    found = [place for place, text in read_lines(said) if text == line.words]
    if not found:
        there = " / ".join(text for _, text in read_lines(said)) or "niets"
        return f"‘{line.words}’ wordt niet gezegd; wel: {there}"
    if all(place < after for place in found):
        return f"‘{line.words}’ wordt eerder gezegd dan de regel hierboven"
    there = " ".join(f"[{label}]" for label in labels(said[found[-1].message])) or "geen"
    return f"onder ‘{line.words}’ staan andere knoppen: {there}"
