"""The longest and the shortest way through a dialogue, found by trying every way there is.

Where someone is follows from their answers (``bot.dialogue.walk``), so two talks that are at the
same question, with the same answers to what can still make a difference, go on alike: from there
on one of them is enough. Thus the number of talks stays small, and no way is left out.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from bot.authoring.legs import Leg, leaves, legs, readers
from bot.dialogue.answers import Answer
from bot.dialogue.conversation import Conversation
from bot.dialogue.nearby import Remark
from bot.dialogue.tree import Among, Dialogue, Node, Onward, People, Waiting
from bot.dialogue.walk import walk


class Stop(Struct, frozen=True):
    """Where someone waits: ``said`` came right before it.

    ``conversation`` is that of someone who stands there, ``live`` are the answers that count.
    """

    node: Waiting
    said: tuple[Remark, ...]
    conversation: Conversation
    live: Mapping[str, Answer]


class Stretch(Struct, frozen=True):
    """A stop, and what was answered there; no ``leg`` at the end of the way."""

    stop: Stop
    leg: Leg | None = None


Cost: TypeAlias = Callable[[Stretch], tuple[float, ...]]
"""What a stretch weighs. What weighs most first; each is the sum of what it is along the way."""


class _Best(Struct, frozen=True):
    """The best way on from a stop: its first stretch, and the ``rest`` of it."""

    weight: tuple[float, ...]
    stretch: Stretch
    rest: "_Best | None" = None

    def after(self, stretch: Stretch, weight: tuple[float, ...]) -> "_Best":
        """This way, with ``stretch`` before it."""
        total = tuple(one + more for one, more in zip(self.weight, weight, strict=True))
        return _Best(total, stretch, self)


class Ways:
    """Every way through ``dialogue`` in ``language``, for who came by the link of ``team``.

    Without a team's link it begins where the team is known, as any team's link does.
    """

    def __init__(self, dialogue: Dialogue, language: str = "nl", team: str | None = None) -> None:
        self._dialogue = dialogue
        self._language = language
        places = dialogue.around.teams
        team = team or (places[0].team if places else None)
        self._start = Conversation(dialogue.name, dialogue.revision, language, team, turn=1)
        self._readers = readers(dialogue)
        self._later: dict[str, frozenset[str]] = {}

    def longest(self, cost: Cost) -> tuple[Stretch, ...]:
        """The way to an end that weighs most."""
        return self._best(cost, most=True, until_sent=False) or ()

    def shortest(self, cost: Cost) -> tuple[Stretch, ...] | None:
        """The way that weighs least on which a page is sent; None when there is none."""
        return self._best(cost, most=False, until_sent=True)

    def _best(self, cost: Cost, *, most: bool, until_sent: bool) -> tuple[Stretch, ...] | None:
        """Depth first, and each state once."""
        best: dict[object, _Best | None] = {}
        first = self._stop(self._start)
        todo = [(first, self._onward(first, until_sent=until_sent))]
        while todo:
            stop, onward = todo[-1]
            missing = [after for _, after in onward if after and self._key(after) not in best]
            if missing:
                todo.append((missing[0], self._onward(missing[0], until_sent=until_sent)))
                continue
            todo.pop()
            ways = [_Best(cost(stretch), stretch) for stretch, after in onward if after is None]
            for stretch, after in onward:
                rest = best[self._key(after)] if after else None
                if rest is not None:
                    ways.append(rest.after(stretch, cost(stretch)))
            pick = max if most else min
            best[self._key(stop)] = pick(ways, key=lambda way: way.weight, default=None)
        found = best[self._key(first)]
        return None if found is None else self._told_again(found)

    def _told_again(self, best: "_Best | None") -> tuple[Stretch, ...]:
        """The same way, with at each stop the conversation that this very way leads to."""
        told: list[Stretch] = []
        stop = self._stop(self._start)
        while best is not None:
            leg = best.stretch.leg
            told.append(Stretch(stop, leg))
            if leg is not None:
                stop = self._after(stop, leg)
            best = best.rest
        return tuple(told)

    def _onward(self, stop: Stop, *, until_sent: bool) -> list[tuple[Stretch, Stop | None]]:
        node = stop.node
        possible = list(legs(node, stop.live, self._readers.get(node.id, ()), self._language))
        if not possible:
            return [] if until_sent else [(Stretch(stop), None)]
        return [
            (Stretch(stop, leg), None if until_sent and leg.sends else self._after(stop, leg))
            for leg in possible
        ]

    def _after(self, stop: Stop, leg: Leg) -> Stop:
        answers = (*stop.conversation.answers, *leg.answers)
        return self._stop(replace(stop.conversation, answers=answers))

    def _stop(self, conversation: Conversation) -> Stop:
        way = walk(self._dialogue, conversation)
        return Stop(way.open, way.said, replace(conversation, at=way.open.id), way.live)

    def _key(self, stop: Stop) -> object:
        """What of the answers can still make a difference."""
        read = self._read_after(stop.node.id)
        kept = tuple((name, answer) for name, answer in stop.live.items() if name in read)
        return (stop.node.id, tuple(said.node.id for said in stop.said), kept)

    def _read_after(self, name: str) -> frozenset[str]:
        """The questions whose answer is still looked at, from node ``name`` on."""
        if not self._later:
            self._look_ahead()
        return self._later[name]

    def _look_ahead(self) -> None:
        nodes = self._dialogue.nodes
        todo = list(nodes)
        while todo:
            node = nodes[todo[-1]]
            later = list(self._dialogue.routes_from(node))
            waiting = [name for name in later if name not in self._later]
            if waiting:
                todo += waiting
                continue
            todo.pop()
            found = (self._later[name] for name in later)
            self._later[node.id] = frozenset(_looked_at(node)).union(*found)


def _looked_at(node: Node) -> Iterator[str]:
    """The questions whose answer makes a difference at ``node``."""
    if isinstance(node, People | Among):
        yield node.of
    for route in node.routes if isinstance(node, Onward) else ():
        for leaf in leaves(route.when):
            yield leaf.question
