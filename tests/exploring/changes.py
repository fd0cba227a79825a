"""Everything an author can change about one node of a dialogue, while people are in it."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from msgspec.structs import replace

from bot.dialogue.tree import (
    Among,
    Asking,
    Choice,
    Choices,
    Condition,
    Contact,
    Dialogue,
    Ending,
    HandOver,
    Naming,
    Node,
    Number,
    Onward,
    People,
    Pictures,
    Question,
    Review,
    Route,
    Statement,
    TeamChoice,
    Words,
)
from bot.exploring.alike import leaves

NEW = "nieuw"


class Change(NamedTuple):
    """``what`` was done to ``node``, and the dialogue that came of it."""

    what: str
    node: str
    dialogue: Dialogue


def changes(dialogue: Dialogue) -> Iterator[Change]:
    """Every kind of change at every node, as far as a dialogue without mistakes comes of it."""
    for name in dialogue.nodes:
        for what, nodes, start in _of_node(dialogue, name):
            changed = _sound(dialogue, nodes, start)
            if changed is not None:
                yield Change(what, name, changed)
    for block in sorted({_block(name) for name in dialogue.nodes} - {""}):
        yield from _of_block(dialogue, block)
    first = dialogue.nodes[dialogue.start]
    if isinstance(first, Onward):
        later = _sound(dialogue, dict(dialogue.nodes), first.routes[-1].to)
        if later is not None:
            yield Change("the start changed", dialogue.start, later)


def _of_node(dialogue: Dialogue, name: str) -> Iterator[tuple[str, dict[str, Node], str]]:
    node, nodes, start = dialogue.nodes[name], dict(dialogue.nodes), dialogue.start
    extra = Words(id=NEW, context=f"proef/{NEW}", section="vraag", routes=(Route(name),))
    yield "a node added before", _led_to(nodes, name, NEW) | {NEW: extra}, _to(start, name, NEW)
    renamed = _renamed(dialogue, name, f"{name}_2")
    yield "renamed", renamed.nodes, renamed.start
    if not isinstance(node, Onward):
        return
    after = node.routes[-1].to
    without = {each: nodes[each] for each in _led_to(nodes, name, after) if each != name}
    yield "removed", _led_to(without, name, after), _to(start, name, after)
    there = replace(extra, routes=(Route(after),))
    here = replace(node, routes=tuple(replace(route, to=NEW) for route in node.routes))
    yield "a node added after", {**nodes, name: here, NEW: there}, start
    replaced = {**_led_to(without, name, NEW), NEW: there}
    yield "another node at its place", replaced, _to(start, name, NEW)
    further = dialogue.nodes[after]
    if isinstance(further, Onward):
        past = replace(node, routes=(Route(further.routes[-1].to),))
        yield "its route changed", {**nodes, name: past}, start
    if isinstance(node, Question):
        for what, changed in _of_question(node):
            yield what, {**nodes, name: changed}, start
        for other in _of_other_kinds(dialogue, node):
            yield f"now {type(other).__name__}", {**nodes, name: other}, start
    if isinstance(node, Review | HandOver):
        yield from _moved(dialogue, node)
    if isinstance(node, People):
        lone = Naming(id=NEW, context=f"proef/{NEW}", section="kring", routes=(Route(name),))
        other_of = {**_led_to(nodes, name, NEW), NEW: lone, name: replace(node, of=NEW)}
        yield "its people are others", other_of, _to(start, name, NEW)


def _of_question(node: Asking) -> Iterator[tuple[str, Asking]]:
    yield "skip changed", replace(node, skip=not node.skip)
    if not isinstance(node, People):
        section = "hoop" if node.section != "hoop" else "praktisch"
        yield "its section changed", replace(node, section=section)
        yield "no section any more", replace(node, section=None)
    match node:
        case Among():
            pass
        case Choice() | Choices():
            yield "a choice added", replace(node, codes=(*node.codes, NEW))
            yield "the choices turned round", replace(node, codes=node.codes[::-1])
            for code in node.codes if len(node.codes) > 1 else ():
                others = tuple(each for each in node.codes if each != code)
                yield "a choice removed", replace(node, codes=others)
            first = node.codes[0]
            yield "a choice renamed", replace(node, codes=(f"{first}_2", *node.codes[1:]))
            yield "all choices others", replace(node, codes=(NEW, f"{NEW}_2"))
        case Number():
            yield "other numbers", replace(node, least=node.most, most=node.most + 5)
        case Contact():
            other_way = "email" if node.of != "email" else "name"
            yield "another way to reach someone", replace(node, of=other_way)
        case _:
            pass


def _of_other_kinds(dialogue: Dialogue, node: Question) -> Iterator[Node]:
    """The same node asking for another kind of answer, or asking nothing."""
    base: dict[str, Any] = {"id": node.id, "context": node.context, "routes": node.routes}
    section = node.section or "vraag"
    asks: dict[str, Any] = {**base, "skip": node.skip, "why": node.why, "section": section}
    kinds: tuple[Callable[[], Node], ...] = (
        lambda: Choice(**asks, codes=(NEW, "kind")),
        lambda: Pictures(**asks, codes=(NEW, "kind")),
        lambda: Choices(**asks, codes=(NEW, "kind")),
        lambda: Words(**asks),
        lambda: Number(**asks, least=0, most=23),
        lambda: Contact(**asks, of="name"),
        lambda: TeamChoice(**asks),
        lambda: Naming(**asks),
        lambda: Statement(**base),
        lambda: Review(**base),
        lambda: HandOver(**base, otherwise=node.routes[-1].to),
        lambda: Ending(id=node.id, context=node.context),
    )
    for made in kinds:
        other = made()
        if type(other) is not type(node):
            yield other
    for name in dialogue.nodes:
        if isinstance(dialogue.nodes[name], Naming) and name != node.id:
            if not isinstance(node, People):
                yield People(**asks, of=name, mark="near")
            return


def _moved(
    dialogue: Dialogue, node: Review | HandOver
) -> Iterator[tuple[str, dict[str, Node], str]]:
    """A review or hand-over right behind the first question that waits, and no longer here."""
    after = node.routes[-1].to
    rest = {each: dialogue.nodes[each] for each in dialogue.nodes if each != node.id}
    rest = _led_to(rest, node.id, after)
    for name, first in rest.items():
        if isinstance(first, Question) and first.section is not None:
            moved = replace(node, routes=(Route(first.routes[-1].to),))
            if isinstance(moved, HandOver):
                moved = replace(moved, otherwise=first.routes[-1].to)
            now = replace(first, routes=(Route(node.id),))
            yield "moved", {**rest, name: now, node.id: moved}, dialogue.start
            return


def _of_block(dialogue: Dialogue, block: str) -> Iterator[Change]:
    """A building block under another name, and without its questions."""
    renamed = dialogue
    for name in dialogue.nodes:
        if _block(name) == block:
            renamed = _renamed(renamed, name, name.replace(f"{block}/", f"{block}_2/"), words=False)
    yield Change("a block under another name", block, renamed.furnished(dialogue.around))
    fewer, start = dict(dialogue.nodes), dialogue.start
    for name, node in dialogue.nodes.items():
        if _block(name) == block and isinstance(node, Onward):
            after = fewer[name]
            assert isinstance(after, Onward)
            to = after.routes[-1].to
            fewer = {each: there for each, there in fewer.items() if each != name}
            fewer, start = _led_to(fewer, name, to), _to(start, name, to)
    removed = _sound(dialogue, fewer, start)
    if removed is not None:
        yield Change("a block removed", block, removed)


# --- Keeping it a dialogue ------------------------------------------------------------------------


def _block(name: str) -> str:
    return name.partition("/")[0] if "/" in name else ""


def _to(start: str, name: str, instead: str) -> str:
    return instead if start == name else start


def _led_to(nodes: Mapping[str, Node], name: str, instead: str) -> dict[str, Node]:
    """All ways to ``name`` lead to ``instead``."""
    led: dict[str, Node] = {}
    for each, node in nodes.items():
        if isinstance(node, Onward):
            routes = tuple(replace(one, to=_to(one.to, name, instead)) for one in node.routes)
            node = replace(node, routes=routes)
        if isinstance(node, HandOver):
            node = replace(node, otherwise=_to(node.otherwise, name, instead))
        led[each] = node
    return led


def _renamed(dialogue: Dialogue, name: str, to: str, *, words: bool = True) -> Dialogue:
    nodes: dict[str, Node] = {}
    for each, node in _led_to(dialogue.nodes, name, to).items():
        if isinstance(node, Onward):
            routes = tuple(
                replace(one, when=one.when and _about(one.when, name, to)) for one in node.routes
            )
            node = replace(node, routes=routes)
        if isinstance(node, People | Among) and node.of == name:
            node = replace(node, of=to)
        if each == name:
            node = replace(node, id=to, context=f"proef/{to}" if words else node.context)
        if words and isinstance(node, Among) and node.of == to:
            node = replace(node, labels=f"proef/{to}")
        nodes[node.id] = node
    return replace(dialogue, nodes=nodes, start=_to(dialogue.start, name, to)).furnished(
        dialogue.around
    )


def _about(condition: Condition, name: str, to: str) -> Condition:
    """The same condition, about ``to`` where it was about ``name``."""
    inner = getattr(condition, "condition", None)
    if inner is not None:
        return replace(condition, condition=_about(inner, name, to))
    parts = getattr(condition, "conditions", None)
    if parts is not None:
        return replace(condition, conditions=tuple(_about(one, name, to) for one in parts))
    return replace(condition, question=_to(condition.question, name, to))  # type: ignore[union-attr] # leaves have one


def _sound(dialogue: Dialogue, nodes: dict[str, Node], start: str) -> Dialogue | None:
    """A dialogue of ``nodes`` that a compiler would take: no way to nowhere, no loop, nothing read
    that is not asked. None when nothing of it can be made."""
    nodes = {name: _readable(nodes, node) for name, node in nodes.items()}
    for name, node in list(nodes.items()):
        if isinstance(node, People | Among) and not _has_of(nodes, node):
            nodes = _led_to(nodes, name, node.routes[-1].to)
            start = _to(start, name, node.routes[-1].to)
            del nodes[name]
    reached: dict[str, Node] = {}
    todo = [start]
    bare = replace(dialogue, nodes=nodes, start=start, revision="anders", ahead={})
    while todo:
        name = todo.pop()
        if name not in nodes:
            return None
        if name not in reached:
            reached[name] = nodes[name]
            todo += bare.routes_from(nodes[name])
    bare = replace(bare, nodes={name: nodes[name] for name in nodes if name in reached})
    if _has_loop(bare):
        return None
    return bare.furnished(dialogue.around)


def _readable(nodes: Mapping[str, Node], node: Node) -> Node:
    """``node`` without the ways whose condition reads what is not asked any more."""
    if not isinstance(node, Onward):
        return node
    routes = tuple(
        route
        for route in node.routes
        if all(getattr(leaf, "question", "") in nodes for leaf in leaves(route.when))
    )
    return replace(node, routes=routes)


def _has_of(nodes: Mapping[str, Node], node: People | Among) -> bool:
    return isinstance(nodes.get(node.of), Naming if isinstance(node, People) else Choices)


def _has_loop(dialogue: Dialogue) -> bool:
    done: set[str] = set()
    open_: list[tuple[str, Iterator[str]]] = []
    on_the_way: set[str] = set()

    def enter(name: str) -> None:
        on_the_way.add(name)
        open_.append((name, dialogue.routes_from(dialogue.nodes[name])))

    enter(dialogue.start)
    while open_:
        name, later = open_[-1]
        for to in later:
            if to in on_the_way:
                return True
            if to not in done:
                enter(to)
                break
        else:
            open_.pop()
            on_the_way.discard(name)
            done.add(name)
    return False
