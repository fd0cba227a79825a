"""Rules about the people around a family: who a question is about, and what it asks of them."""

from collections.abc import Iterator

from bot.dialogue.meant import meant, quoted
from bot.dialogue.problems import Problem
from bot.dialogue.weaving import Woven


def unknown_circle(woven: Woven) -> Iterator[Problem]:
    """A question about people is about the names that a question of kind ``circle`` asked."""
    for spot in woven.spots.values():
        name = spot.node.circle
        if name is None or woven.circle(spot) is not None:
            continue
        if woven.hidden(spot.prefix + name.text):
            continue
        if spot.prefix + name.text in woven.spots:
            message = f"Bij {quoted(name.text)} worden geen namen gevraagd. "
        else:
            near = meant(name.text, woven.questions(spot, "circle"))
            message = f"Er is geen vraag {quoted(name.text)}.{near} "
        message += "Zet achter ‘of’ een vraag met ‘ask: circle’."
        yield Problem(spot.draft.file, name.line, "unknown-circle", message)


def same_mark(woven: Woven) -> Iterator[Problem]:
    """Nothing is asked twice of the same people."""
    first = {
        (spot.id, spot.node.mark): spot
        for spot in woven.spots.values()
        if spot.node.kind == "circle" and spot.node.mark is not None
    }
    for spot in woven.spots.values():
        named, mark = woven.circle(spot), spot.node.mark
        if named is None or mark is None:
            continue
        other = first.setdefault((named.id, mark), spot)
        if other is not spot:
            message = (
                f"{quoted(mark)} wordt al gevraagd bij {quoted(other.node.id.text)}. "
                "Vraag hier iets anders, of haal deze vraag weg."
            )
            yield Problem(spot.draft.file, spot.node.id.line, "same-mark", message)
