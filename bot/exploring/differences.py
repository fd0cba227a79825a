"""What is different between two forms of a dialogue, step by step."""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from typing import Literal, TypeAlias

from msgspec import Struct

from bot.dialogue.tree import (
    Among,
    Choice,
    Choices,
    Compiled,
    Contact,
    Elsewhere,
    HandOver,
    Naming,
    Nearby,
    Node,
    Number,
    Onward,
    People,
    Question,
)

What: TypeAlias = Literal[
    "start",
    "voice",
    "links",
    "new",
    "gone",
    "renamed",
    "kind",
    "choices",
    "order",
    "asked",
    "elsewhere",
    "shows",
    "route",
    "section",
    "danger",
    "adult",
    "tells",
    "skip",
    "words",
]
"""The kinds of difference. ``voice`` and ``links`` are of the whole dialogue, ``order`` is that of
the choices, and ``elsewhere`` the dialogue in which the talk goes on."""

READ = ("text", "why", "short", "send", "keep")
"""The words of a step, besides those of its choices."""

ALIKE = 0.6
"""Texts that are at least this much the same (difflib's ratio) are guessed to be one question."""


class Difference(Struct, frozen=True):
    """One step that is different. ``node`` is its id before, and now when it is new.

    ``to`` is the id it seems to have now, when it was renamed. ``gone`` and ``added`` are codes of
    choices, and whatever else was there before or is there now. Of the whole dialogue ``node`` is
    its name.
    """

    what: What
    node: str
    to: str = ""
    gone: tuple[str, ...] = ()
    added: tuple[str, ...] = ()


def differences(old: Compiled, new: Compiled) -> tuple[Difference, ...]:
    """Every difference, in the order of the dialogues; none when they are the same."""
    before, after = old.dialogue, new.dialogue
    renamed = dict(_renamed(old, new))
    found: list[Difference] = []
    if renamed.get(before.start, before.start) != after.start:
        found.append(Difference("start", before.start, to=after.start))
    for name, node in before.nodes.items():
        if name in renamed:
            found.append(Difference("renamed", name, to=renamed[name]))
        elif name not in after.nodes:
            found.append(Difference("gone", name))
        else:
            found += _of_node(name, node, after.nodes[name], renamed)
            if not _same_words(old, node, new, after.nodes[name]):
                found.append(Difference("words", name))
    if before.voice != after.voice:
        found.append(Difference("voice", before.name, gone=(before.voice,), added=(after.voice,)))
    if before.links != after.links:
        gone = tuple(letter for letter in before.links if letter not in after.links)
        added = tuple(letter for letter in after.links if letter not in before.links)
        found.append(Difference("links", before.name, gone=gone, added=added))
    known = {*before.nodes, *renamed.values()}
    found += [Difference("new", name) for name in after.nodes if name not in known]
    return tuple(found)


def _of_node(name: str, old: Node, new: Node, renamed: Mapping[str, str]) -> Iterator[Difference]:
    if type(old) is not type(new):
        yield Difference("kind", name)
    else:
        gone = tuple(code for code in _codes(old) if code not in _codes(new))
        added = tuple(code for code in _codes(new) if code not in _codes(old))
        if gone or added:
            yield Difference("choices", name, gone=gone, added=added)
        if _order(old, new) != _order(new, old):
            yield Difference("order", name)
        if _asked(old) != _asked(new):
            yield Difference("asked", name)
    if isinstance(old, Elsewhere) and isinstance(new, Elsewhere) and old.dialogue != new.dialogue:
        yield Difference("elsewhere", name, gone=(old.dialogue,), added=(new.dialogue,))
    if isinstance(old, HandOver) and isinstance(new, HandOver) and old.shows != new.shows:
        yield Difference("shows", name)
    if _ways(old, renamed) != _ways(new, {}):
        yield Difference("route", name)
    if isinstance(old, Question) and isinstance(new, Question):
        if old.section != new.section:
            yield Difference("section", name)
        yield from _on_the_page(name, old, new)
        if old.skip != new.skip:
            yield Difference("skip", name)


def _on_the_page(name: str, old: Question, new: Question) -> Iterator[Difference]:
    """What else the page says because of an answer."""
    if isinstance(old, Choice) and isinstance(new, Choice):
        if old.danger != new.danger:
            yield Difference("danger", name, gone=_one(old.danger), added=_one(new.danger))
        if old.adult != new.adult:
            yield Difference("adult", name, gone=_one(old.adult), added=_one(new.adult))
    if old.tells != new.tells:
        yield Difference("tells", name, gone=_one(old.tells), added=_one(new.tells))


def _one(value: str | None) -> tuple[str, ...]:
    return () if value is None else (value,)


def _codes(node: Node) -> tuple[str, ...]:
    return node.codes if isinstance(node, Choice | Choices) and not isinstance(node, Among) else ()


def _order(node: Node, other: Node) -> tuple[str, ...]:
    """Its choices, as far as the other has them too."""
    return tuple(code for code in _codes(node) if code in _codes(other))


def _asked(node: Node) -> tuple[object, ...]:
    """What else a question of its kind asks, or for what something near is named."""
    match node:
        case Number(least=least, most=most):
            return least, most
        case Contact(of=of) | Among(of=of):
            return (of,)
        case People(of=of, mark=mark):
            return of, mark
        case Naming(mark=mark):
            return (mark,)
        case Nearby(wanted=wanted):
            return wanted
        case _:
            return ()


def _ways(node: Node, renamed: Mapping[str, str]) -> tuple[object, ...]:
    if not isinstance(node, Onward):
        return ()
    ways = [(renamed.get(route.to, route.to), route.when) for route in node.routes]
    if isinstance(node, HandOver):
        ways.append((renamed.get(node.otherwise, node.otherwise), None))
    return tuple(ways)


def _same_words(old: Compiled, before: Node, new: Compiled, after: Node) -> bool:
    """Whether the same is read aloud, as far as it is there in both."""
    both = [f"choices/{code}" for code in _codes(before) if code in _codes(after)]
    return all(
        old.words.get(f"{before.context}/{key}") == new.words.get(f"{after.context}/{key}")
        for key in (*READ, *both)
    )


def _renamed(old: Compiled, new: Compiled) -> Iterator[tuple[str, str]]:
    """Steps that are gone, each with the new one it seems to be now: same kind, like words."""
    gone = [node for name, node in old.dialogue.nodes.items() if name not in new.dialogue.nodes]
    came = [node for name, node in new.dialogue.nodes.items() if name not in old.dialogue.nodes]
    for node in gone:
        likely = [
            (_likeness(old, node, new, other), other.id)
            for other in came
            if type(other) is type(node)
        ]
        best = max(likely, default=(0.0, ""))
        if best[0] >= ALIKE:
            yield node.id, best[1]
            came = [other for other in came if other.id != best[1]]


def _likeness(old: Compiled, node: Node, new: Compiled, other: Node) -> float:
    before = old.words.get(f"{node.context}/text", "")
    after = new.words.get(f"{other.context}/text", "")
    if before and before == after:
        return 1.0
    return SequenceMatcher(None, before, after, autojunk=False).ratio()
