"""Turns a woven dialogue without problems into the tree that a conversation walks through."""

from hashlib import blake2b
from typing import assert_never

import msgspec
from msgspec.structs import replace

from bot.dialogue.draft import RETURN, Asked
from bot.dialogue.tree import (
    All,
    Among,
    Any,
    Asking,
    Choice,
    Choices,
    Compiled,
    Condition,
    Contact,
    Dialogue,
    Elsewhere,
    Ending,
    HandOver,
    Naming,
    Nearby,
    Node,
    Not,
    Number,
    People,
    Pictures,
    Review,
    Route,
    Statement,
    TeamChoice,
    Wanted,
    Words,
)
from bot.dialogue.vocabulary import voice_of
from bot.dialogue.weaving import Spot, Woven

YOUNGER = ("tells", "adult")
"""Keys that came after the first conversations."""

BLOCKS = "bouwstenen"
"""Context under which the words of building blocks are found."""


def plant(woven: Woven) -> Compiled:
    """The tree of ``woven``, with its words. Only for one in which no rule finds a problem."""
    nodes: dict[str, Node] = {}
    words: dict[str, str] = {}
    notes: dict[str, str] = {}
    for spot in woven.spots.values():
        context = _context(spot)
        node = _node(woven, spot, context)
        if node is None:
            continue
        nodes[spot.id] = node
        for end, word in spot.node.words.items():
            words[f"{context}/{end}"] = word.text
            if spot.node.note:
                notes[f"{context}/{end}"] = spot.node.note
    start = _entry(woven, woven.start or "")
    draft = woven.draft
    voice = draft.voice or voice_of(draft.called)
    dialogue = Dialogue(draft.called, start, nodes, draft.links, voice=voice)
    return Compiled(replace(dialogue, revision=fingerprint(dialogue)), words, notes)


def fingerprint(dialogue: Dialogue) -> str:
    """The revision of ``dialogue``: the same whatever its words, and in whatever order its keys."""
    nodes = {name: _structure(dialogue.nodes[name]) for name in sorted(dialogue.nodes)}
    structure: tuple[object, ...] = (dialogue.name, dialogue.start, nodes, dialogue.links)
    if dialogue.voice != voice_of(dialogue.name):
        structure = (*structure, dialogue.voice)
    return blake2b(msgspec.json.encode(structure), digest_size=16).hexdigest()


def _structure(node: Node) -> dict[str, object]:
    """``node`` with its codes in order, without what younger keys say when they say nothing.

    So a dialogue that does not use a new key keeps the revision that open conversations carry.
    """
    if isinstance(node, Choice | Choices):
        node = replace(node, codes=tuple(sorted(node.codes)))
    fields: dict[str, object] = msgspec.to_builtins(node)
    return {name: said for name, said in fields.items() if said is not None or name not in YOUNGER}


def _context(spot: Spot) -> str:
    path = (spot.draft.called, spot.node.id.text)
    return "/".join((BLOCKS, *path) if spot.draft.kind == "block" else path)


def _node(woven: Woven, spot: Spot, context: str) -> Node | None:
    """The node at ``spot``; None for one that uses a block, which is gone from the tree."""
    name, node = spot.id, spot.node
    match node.kind:
        case "say" if node.near:
            return _nearby(spot, context, _routes(woven, spot))
        case "say":
            return Statement(id=name, context=context, routes=_routes(woven, spot))
        case "review":
            return Review(id=name, context=context, routes=_routes(woven, spot))
        case "hand_over":
            return HandOver(
                id=name,
                context=context,
                routes=_routes(woven, spot),
                otherwise=_onward(woven, spot, node.otherwise.text if node.otherwise else ""),
                shows=node.shows,
            )
        case "begin":
            return Elsewhere(
                id=name, context=context, dialogue=node.begins.text if node.begins else ""
            )
        case "end":
            return Ending(id=name, context=context)
        case "use" | None:
            return None
        case kind:
            return _question(woven, spot, kind, context)


def _nearby(spot: Spot, context: str, routes: tuple[Route, ...]) -> Nearby:
    wanted = tuple(
        Wanted(
            spot.prefix + near.question.text,
            near.code.text,
            tuple(topic.text for topic in near.topics),
        )
        for near in spot.node.near
    )
    return Nearby(id=spot.id, context=context, routes=routes, wanted=wanted)


def _question(woven: Woven, spot: Spot, kind: Asked, context: str) -> Asking:
    name, node, routes = spot.id, spot.node, _routes(woven, spot)
    codes = tuple(code.text for code in node.codes)
    danger = None if node.danger is None else node.danger.text
    adult = None if node.adult is None else node.adult.text
    question: Asking
    match kind:
        case "choice":
            question = Choice(
                id=name, context=context, routes=routes, codes=codes, danger=danger, adult=adult
            )
        case "pictures":
            question = Pictures(
                id=name, context=context, routes=routes, codes=codes, danger=danger, adult=adult
            )
        case "choices":
            question = _choices(woven, spot, context)
        case "words":
            question = Words(id=name, context=context, routes=routes)
        case "number":
            least, most = node.least or 0, node.most or 0
            question = Number(id=name, context=context, routes=routes, least=least, most=most)
        case "contact":
            question = Contact(id=name, context=context, routes=routes, of=node.of)
        case "team":
            question = TeamChoice(id=name, context=context, routes=routes)
        case "circle":
            question = Naming(id=name, context=context, routes=routes, mark=node.mark)
        case "people":
            return _people(woven, spot, context)
        case _:
            assert_never(kind)
    section = None if node.page is None else node.page.text
    return replace(
        question, skip=node.skip, why="why" in node.words, section=section, tells=node.tells
    )


def _choices(woven: Woven, spot: Spot, context: str) -> Choices:
    """Choices of its own, or those of the question it names, in the words of that one."""
    routes, before, first = _routes(woven, spot), woven.among(spot), woven.ticked_first(spot)
    codes = tuple(code.text for code in first.node.codes)
    if before is None:
        return Choices(id=spot.id, context=context, routes=routes, codes=codes)
    return Among(
        id=spot.id,
        context=context,
        routes=routes,
        codes=codes,
        of=before.id,
        labels=_context(first),
    )


def _people(woven: Woven, spot: Spot, context: str) -> People:
    """A question about everybody in a circle; it lands where their names do."""
    asked, node = woven.circle(spot), spot.node
    assert asked is not None  # noqa: S101 - the rule unknown_circle saw to it
    assert node.mark is not None  # noqa: S101 - without one it was not read
    return People(
        id=spot.id,
        context=context,
        routes=_routes(woven, spot),
        of=asked.id,
        mark=node.mark,
        skip=node.skip,
        why="why" in node.words,
        section=None if asked.node.page is None else asked.node.page.text,
    )


def _routes(woven: Woven, spot: Spot) -> tuple[Route, ...]:
    """The ways out of ``spot``. One that leaves a block goes on as its user goes on."""
    routes: list[Route] = []
    for row in spot.rows:
        when = None if row.when is None else _within(spot.prefix, row.when)
        if row.to.text == RETURN:
            onward = _routes(woven, woven.spots[spot.prefix + RETURN])
            routes += [Route(route.to, _both(when, route.when)) for route in onward]
        else:
            routes.append(Route(_entry(woven, spot.prefix + row.to.text), when))
    return tuple(routes)


def _onward(woven: Woven, spot: Spot, to: str) -> str:
    """The node that ``to`` means at ``spot``, when only one way goes on from there."""
    if to != RETURN:
        return _entry(woven, spot.prefix + to)
    out = woven.spots[spot.prefix + RETURN]
    return _onward(woven, out, out.rows[0].to.text)


def _entry(woven: Woven, name: str) -> str:
    """``name``, or for a node that uses a block the first node in there."""
    while woven.spots[name].node.kind == "use":
        name = woven.spots[name].edges[0].to
    return name


def _within(prefix: str, condition: Condition) -> Condition:
    """``condition`` with the names of its questions as they are in the whole dialogue."""
    match condition:
        case Not(condition=inner):
            return Not(_within(prefix, inner))
        case All(conditions=inner) | Any(conditions=inner):
            return replace(condition, conditions=tuple(_within(prefix, part) for part in inner))
        case _:
            return replace(condition, question=prefix + condition.question)


def _both(first: Condition | None, second: Condition | None) -> Condition | None:
    if first is None or second is None:
        return first or second
    return All((first, second))
