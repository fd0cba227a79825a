"""Brings the words of a transcript up to date with what is said now; the deeds stay.

For an author who made a text better: what was said there is said otherwise now. A line that still
comes true stays as it is; another becomes the line nearest to it of what is said in its place. A
transcript without a single word yet gets all of them.
"""

from collections.abc import Callable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

from bot.authoring.replay import Mismatch, Passage, Replay
from bot.authoring.shown import (
    Place,
    behind,
    labels,
    lasting_lines,
    page_lines,
    read_lines,
    written,
)
from bot.authoring.transcript import Line, Transcript
from bot.library import Library
from bot.texts import Message

ALIKE = 0.4
"""Labels that have less in common than this (``difflib``'s ratio) are two different buttons."""

Where = TypeVar("Where", Place, int)


def rewritten(library: Library, transcript: Transcript) -> str | Mismatch:
    """The text of ``transcript`` as it is said now; or the deed that cannot be done any more."""
    text = transcript.path.read_text(encoding="utf-8")
    lines: dict[int, list[str]] = {n: [line] for n, line in enumerate(text.splitlines(), 1)}
    is_new = not any(beat.said or beat.page for beat in transcript.beats)
    for passage in Replay(library, transcript, transcript.language).passages():
        stopped = _stopped(passage)
        if stopped is not None:
            return stopped
        if is_new:
            last = passage.beat.deed.number + len(passage.beat.instead)
            lines[last] += written(passage.said, passage.given)
            continue
        said = list(_said(passage.beat.said, passage.said))
        _put(lines, passage.beat.said, [f"< {line}" for line in said])
        _put(lines, passage.beat.page, [f"= {line}" for line in _paged(passage)])
    return "\n".join(line for each in lines.values() for line in each) + "\n"


def _stopped(passage: Passage) -> Mismatch | None:
    deed = passage.beat.deed.number
    return next((wrong for wrong in passage.mismatches if wrong.line == deed), None)


def _put(lines: dict[int, list[str]], old: Sequence[Line], new: list[str]) -> None:
    """``new`` comes in the places of ``old``."""
    for place, line in enumerate(old):
        lines[line.number] = new[place : place + 1]


def _said(old: Sequence[Line], said: tuple[Message, ...]) -> Iterator[str]:
    small = {
        Place(number, part, 0)
        for number, message in enumerate(said)
        for part, line in enumerate(message.lines)
        if line.role == "small"
    }
    there = [(place, text) for place, text in read_lines(said) if place not in small]
    for place, text, line in _nearest(old, there, lambda line: line.words):
        yield text + behind(_buttons(line.labels, labels(said[place.message])))


def _paged(passage: Passage) -> Iterator[str]:
    page = passage.given
    if page is None:
        return
    wanted = {line.text for line in passage.beat.page}
    lasting = set(lasting_lines(page))
    there = [(n, line) for n, line in enumerate(page_lines(page)) if line in lasting | wanted]
    for _, text, _line in _nearest(passage.beat.page, there, lambda line: line.text):
        yield text


def _nearest(
    old: Sequence[Line], there: Sequence[tuple[Where, str]], words: Callable[[Line], str]
) -> list[tuple[Where, str, Line]]:
    """For each old line that of ``there`` which is the same, else the nearest that is left over.

    A line is looked for between its neighbours first. In the order of ``there``.
    """
    left = dict(there)
    found: dict[int, Where] = {}
    for number, line in enumerate(old):
        place = next((where for where, text in left.items() if text == words(line)), None)
        if place is not None:
            found[number] = place
            del left[place]
    told = dict(there)
    for number, line in enumerate(old):
        if number in found or not left:
            continue
        before = [where for other, where in found.items() if other < number]
        after = [where for other, where in found.items() if other > number]
        between = [
            where
            for where in left
            if all(where > other for other in before) and all(where < other for other in after)
        ]
        best = max(between or left, key=lambda where: _alike(told[where], words(line)))
        found[number] = best
        del left[best]
    return sorted(
        ((where, told[where], old[number]) for number, where in found.items()),
        key=lambda each: each[0],
    )


def _buttons(old: Sequence[str], there: list[str]) -> list[str]:
    """The same buttons, or those that took their place, in the order in which they stand."""
    left = [label for label in there if label not in old]
    kept = [label for label in old if label in there]
    for label in old:
        if label in there or not left:
            continue
        best = max(left, key=lambda other: _alike(other, label))
        if _alike(best, label) >= ALIKE:
            kept.append(best)
            left.remove(best)
    return sorted(kept, key=there.index)


def _alike(one: str, other: str) -> float:
    return SequenceMatcher(None, one, other).ratio()
