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
    "new",
    "gone",
    "renamed",
    "kind",
    "choices",
    "asked",
    "route",
    "section",
    "skip",
    "words",
    "start",
]
"""In the order in which they are told: the bigger change first."""

ALIKE = 0.6
"""Texts that are at least this much the same (difflib's ratio) are guessed to be one question."""


class Difference(Struct, frozen=True):
    """One step that is different. ``node`` is its id before, and now when it is new.

    ``to`` is the id it seems to have now, when it was renamed. ``gone`` and ``added`` are codes of
    choices.
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
        if _asked(old) != _asked(new):
            yield Difference("asked", name)
    if _ways(old, renamed) != _ways(new, {}):
        yield Difference("route", name)
    if isinstance(old, Question) and isinstance(new, Question):
        if old.section != new.section:
            yield Difference("section", name)
        if old.skip != new.skip:
            yield Difference("skip", name)


def _codes(node: Node) -> tuple[str, ...]:
    return node.codes if isinstance(node, Choice | Choices) and not isinstance(node, Among) else ()


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
    own = ("text", "why", "short", "send", "keep")
    both = [f"choices/{code}" for code in _codes(before) if code in _codes(after)]
    return all(
        old.words.get(f"{before.context}/{key}") == new.words.get(f"{after.context}/{key}")
        for key in (*own, *both)
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
