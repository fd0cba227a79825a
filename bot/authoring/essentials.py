"""What of a dialogue no author may leave without an example: safety, the truth, and consent."""

from collections.abc import Iterator

from bot.authoring.coverage import Covered, everything
from bot.authoring.wordings import InDutch, ways
from bot.dialogue.tree import (
    All,
    Any,
    Condition,
    Dialogue,
    HandOver,
    Node,
    Not,
    OneOf,
    Question,
    Statement,
    shows_items,
)

SAFETY = "veiligheid"
"""The section of the page that tells of danger."""

TRUTH = "bouwstenen/waarheid"
"""How the building blocks begin with what a family hears before the first question."""

CONTROLS = {
    "-item": "✏️",
    "-change": "change",
    "-omit": "omit",
    "-talk": "talk_about",
    "-help": "help",
    "-leave": "leave",
    "-erase": "menu_erase",
    "-erase.yes": "erase_yes",
    "-page": "menu_page",
    "-withdraw": "page_withdraw",
    "-withdraw.yes": "withdraw_yes",
}
"""The engine's own buttons about safety and consent, the same in every dialogue: by their code, the
name of what they read among the fixed words, or a sign."""


def essential(dutch: InDutch) -> Covered:
    """The nodes, choices and routes of a dialogue that are about safety or consent.

    Those are the truth; every question about safety, what is said on the way to it, and all that
    is decided by its answer; whatever else is said about danger or whom to call, and what leads
    there; and every look-through and consent.
    """
    dialogue = dutch.dialogue
    there = everything(dialogue)
    grave = {node.id for node in dialogue.nodes.values() if _is_grave(node)}
    leading = {
        node.id
        for node in dialogue.nodes.values()
        if isinstance(node, Statement)
        and (dutch.tells_of_help(node) or _leads_to_safety(dialogue, node.id))
    }
    found = Covered(grave | leading)
    for node in dialogue.nodes.values():
        for number, route in ways(node):
            mentioned = dict(_chosen(route.when)) if route.when else {}
            decided = any(_asks_safety(dialogue, question) for question in mentioned)
            if route.to in leading or _asks_safety(dialogue, route.to):
                found.routes.add((node.id, number))
                found.choices |= {
                    (question, code) for question, codes in mentioned.items() for code in codes
                }
            if decided:
                found.routes.add((node.id, number))
                found.nodes |= {route.to}
        if node.id in grave | leading:
            found.routes |= {(node.id, number) for number, _ in ways(node)}
            found.choices |= {pair for pair in there.choices if pair[0] == node.id}
    return there & found


def _is_grave(node: Node) -> bool:
    if isinstance(node, HandOver) or shows_items(node) or node.context.startswith(TRUTH):
        return True
    return isinstance(node, Question) and node.section == SAFETY


def _asks_safety(dialogue: Dialogue, name: str) -> bool:
    node = dialogue.nodes.get(name)
    return isinstance(node, Question) and node.section == SAFETY


def _leads_to_safety(dialogue: Dialogue, name: str) -> bool:
    """Whether ``name`` only says something on the way to a question about safety."""
    node = dialogue.nodes[name]
    return isinstance(node, Statement) and all(
        _asks_safety(dialogue, route.to) or _leads_to_safety(dialogue, route.to)
        for route in node.routes
    )


def _chosen(condition: Condition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The questions and choices that ``condition`` looks at."""
    match condition:
        case OneOf(question, codes):
            yield question, codes
        case Not(inner):
            yield from ((question, ()) for question, _ in _chosen(inner))
        case All(conditions) | Any(conditions):
            for each in conditions:
                yield from _chosen(each)
        case _:
            yield condition.question, ()
