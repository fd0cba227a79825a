"""Rules about the way through a dialogue: everyone arrives somewhere, in the right order.

These rules look at the whole graph. Where a part of it could not be read, a rule that would have
to guess says nothing.
"""

from collections.abc import Callable, Iterable, Iterator

from bot.dialogue.draft import RETURN, WITH_CODES, Word
from bot.dialogue.meant import quoted
from bot.dialogue.problems import Problem
from bot.dialogue.weaving import Edge, Spot, Woven


def unreachable(woven: Woven) -> Iterator[Problem]:
    """Every node can be reached from the start."""
    if woven.start is None:
        return
    reached = reached_from(woven, [woven.start])
    if any(_goes_on_unseen(woven.spots[name]) for name in reached):
        return
    led_to = _led_to(woven)
    for spot in woven.spots.values():
        if spot.id in reached:
            continue
        if spot.leaves:
            if spot.rows and spot.id.removesuffix(f"/{RETURN}") in reached:
                message = (
                    f"Uit deze bouwsteen komt niemand terug, dus ‘next’ van "
                    f"{quoted(spot.node.id.text)} telt niet. Haal die weg."
                )
                yield Problem(spot.draft.file, spot.rows[0].line, "unreachable", message)
        elif spot.id not in led_to:
            message = (
                f"Niets leidt naar {quoted(spot.node.id.text)}. "
                "Zet hem achter een ‘next’, of haal hem weg."
            )
            yield Problem(spot.draft.file, spot.node.id.line, "unreachable", message)


def dead_end(woven: Woven) -> Iterator[Problem]:
    """Every node that is no ending has a way on."""
    led_to = _led_to(woven)
    for spot in woven.spots.values():
        if _stops(spot) and (not spot.leaves or spot.id in led_to):
            back = ", of ‘next: return’ om de bouwsteen te verlaten"
            message = (
                f"Na {quoted(spot.node.id.text)} houdt het gesprek op. Zet erbij waar het "
                f"verder gaat: ‘next: …’{back if spot.draft.kind == 'block' else ''}."
            )
            yield Problem(spot.draft.file, spot.node.id.line, "dead-end", message)


def loop(woven: Woven) -> Iterator[Problem]:
    """No way leads back to an earlier node; changing an answer goes through the review."""
    for spot, edge in _ways_back(woven):
        message = (
            f"Deze weg gaat terug naar {quoted(edge.to.removeprefix(spot.prefix))}, en zo in een "
            "kring. Ga verder naar een latere stap; veranderen kan bij het nakijken."
        )
        yield Problem(spot.draft.file, edge.line, "loop", message)


def _ways_back(woven: Woven) -> Iterator[tuple[Spot, Edge]]:
    done: set[str] = set()
    roots = [] if woven.start is None else [woven.start]
    for root in (*roots, *woven.spots):
        if root in done:
            continue
        # The way walked to where we are, each spot with its edges not yet taken.
        way = {root: iter(woven.spots[root].edges)}
        while way:
            name, edges = next(reversed(way.items()))
            edge = next(edges, None)
            if edge is None:
                way.popitem()
                done.add(name)
            elif edge.to in way:
                yield woven.spots[name], edge
            elif edge.to not in done:
                way[edge.to] = iter(woven.spots[edge.to].edges)


def asked_later(woven: Woven) -> Iterator[Problem]:
    """A condition, or ``of``, looks at a question that can have been asked before it."""
    reached = set() if woven.start is None else reached_from(woven, [woven.start])
    if any(_goes_on_unseen(woven.spots[name]) for name in reached):
        return
    after: dict[str, set[str]] = {}
    for spot, question, asked in _looked_at(woven):
        if not {asked.id, spot.id} <= reached:
            continue
        if asked.id not in after:
            after[asked.id] = reached_from(woven, [asked.id])
        if spot.id not in after[asked.id]:
            message = (
                f"De vraag {quoted(question.text)} is hier nog niet gesteld. "
                "Stel hem eerder, of kijk hier naar een andere vraag."
            )
            yield Problem(spot.draft.file, question.line, "asked-later", message)


def _looked_at(woven: Woven) -> Iterator[tuple[Spot, Word, Spot]]:
    """Where another question is looked at, what it is called there, and that question."""
    for spot, read in woven.reads():
        asked = woven.asked(spot, read)
        if asked is not None:
            yield spot, read.question, asked
    for spot in woven.spots.values():
        named, ticked = woven.circle(spot), woven.among(spot)
        if named is not None and spot.node.circle is not None:
            yield spot, spot.node.circle, named
        if ticked is not None and spot.node.among is not None:
            yield spot, spot.node.among, ticked


def no_review_before_hand_over(woven: Woven) -> Iterator[Problem]:
    """Whoever hands over a page has looked all of it through, by whatever way they came.

    A review comes after everything that is asked for the page; a hand-over that shows the page
    itself needs none.
    """
    if woven.start is None or woven.draft.kind == "block":
        return
    asks = [spot for spot in woven.spots.values() if spot.node.page or spot.node.kind == "people"]
    fresh = [woven.start, *(edge.to for spot in asks for edge in spot.edges)]
    unseen = reached_from(woven, fresh, lambda spot: not spot.hidden and spot.node.kind != "review")
    for spot in woven.spots.values():
        if spot.id in unseen and spot.node.kind == "hand_over" and not spot.node.shows:
            message = (
                f"Bij {quoted(spot.top.id.text)} kan iemand sturen zonder eerst na te kijken. "
                "Zet er een stap ‘review’ voor, op elke weg hierheen, na de laatste vraag voor de "
                "pagina. Of zet er ‘shows: yes’ bij."
            )
            line = spot.top.id.line
            yield Problem(woven.draft.file, line, "no-review-before-hand-over", message)


def answer_unused(woven: Woven) -> Iterator[Problem]:
    """No family is asked something that nobody uses.

    The answer comes on the page, a condition reads it, or a later question offers what was ticked.
    Who someone is and which team they want is used in itself, and a question with a single choice
    only asks for a yes.
    """
    if woven.draft.kind == "block" or any(node.torn for _, node in woven.nodes()):
        return
    read = {asked.id for spot, at in woven.reads() if (asked := woven.asked(spot, at)) is not None}
    read |= {at.id for spot in woven.spots.values() if (at := woven.among(spot)) is not None}
    for spot in woven.spots.values():
        node = spot.node
        if node.kind not in (*WITH_CODES, "words", "number", "circle") or spot.id in read:
            continue
        if node.page is not None or len(node.codes) == 1:
            continue
        message = (
            f"Het antwoord op {quoted(spot.id)} wordt nergens gebruikt. Zet het op de pagina "
            "(‘page’ en ‘short’), kijk ernaar in een ‘when’, of stel de vraag niet."
        )
        yield Problem(woven.draft.file, spot.top.id.line, "answer-unused", message)


def reached_from(
    woven: Woven, starts: Iterable[str], beyond: Callable[[Spot], bool] = lambda _: True
) -> set[str]:
    """Every spot that can be reached from ``starts``, not going ``beyond`` some."""
    reached: set[str] = set()
    waiting = list(starts)
    while waiting:
        name = waiting.pop()
        if name in reached:
            continue
        reached.add(name)
        spot = woven.spots[name]
        if beyond(spot):
            waiting += [edge.to for edge in spot.edges]
    return reached


def _stops(spot: Spot) -> bool:
    """Whether no way goes on from ``spot`` where one should."""
    return not spot.edges and not spot.torn and spot.node.kind not in ("end", "begin")


def _goes_on_unseen(spot: Spot) -> bool:
    """Whether more ways will go on from ``spot``, once it is mended, than are there now."""
    return spot.torn or _stops(spot)


def _led_to(woven: Woven) -> set[str]:
    return {edge.to for spot in woven.spots.values() for edge in spot.edges}
