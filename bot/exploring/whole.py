"""What shows only when all of a dialogue was visited: dead ends, and steps where nobody comes."""

from collections.abc import Callable, Collection, Iterator

from bot.dialogue.tree import Dialogue, Elsewhere, Ending
from bot.exploring.alike import Alike, Key
from bot.exploring.findings import Finding, finding
from bot.exploring.states import States

WayTo = Callable[[Key], tuple[str, ...]]


def dead_ends(dialogue: Dialogue, states: States, alike: Alike, way: WayTo) -> Iterator[Finding]:
    """The nodes from where no ending can be reached, the last of each way only."""
    ends = {
        key
        for key, state in states.items()
        if isinstance(dialogue.nodes[state.conversation.at], Ending | Elsewhere)
    }
    fine = ends | states.towards(ends).keys()
    stuck: dict[str, Key] = {}
    for key, state in states.items():
        if key not in fine:
            stuck.setdefault(state.conversation.at, key)
    for node, key in stuck.items():
        if not (alike.ahead(node) - {node}) & stuck.keys():
            yield finding("dead-end", dialogue.nodes[node].context, way(key))


def never_here(dialogue: Dialogue, states: States, said: Collection[str]) -> Iterator[Finding]:
    """The nodes where nobody comes, though someone comes right before them.

    ``said`` are the contexts of everything that was said.
    """
    been = {state.conversation.at for state in states.values()}
    been |= {node.id for node in dialogue.nodes.values() if node.context in said}
    missed: dict[str, None] = {}
    for node in dialogue.nodes.values():
        if node.id in been:
            missed |= dict.fromkeys(name for name in dialogue.routes_from(node) if name not in been)
    for name in missed:
        yield finding("never-here", dialogue.nodes[name].context)
