"""What of a dialogue the example conversations pass: its nodes, its choices, its routes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from bot.authoring.replay import Replay
from bot.authoring.transcript import Transcript
from bot.authoring.wordings import OTHERWISE, InDutch, ways
from bot.dialogue.answers import Chosen
from bot.dialogue.conversation import Conversation
from bot.dialogue.events import Asked, Tapped
from bot.dialogue.nearby import remark
from bot.dialogue.tree import (
    Choice,
    Choices,
    Dialogue,
    HandOver,
    Statement,
    TeamChoice,
)
from bot.dialogue.walk import KEEP, SEND, holds, walk
from bot.library import Library

Pair = tuple[str, str]
Way = tuple[str, int]


@dataclass
class Covered:
    """What was passed. ``choices`` are node and code, ``routes`` node and number of the way out.

    ``taps`` are the codes of the engine's own buttons that were tapped, without what stands behind
    the point, but for a yes: ``-omit``, ``-erase.yes``.
    """

    nodes: set[str] = field(default_factory=set)
    choices: set[Pair] = field(default_factory=set)
    routes: set[Way] = field(default_factory=set)
    taps: set[str] = field(default_factory=set)

    def __and__(self, other: "Covered") -> "Covered":
        """What is in both."""
        return Covered(
            self.nodes & other.nodes,
            self.choices & other.choices,
            self.routes & other.routes,
            self.taps & other.taps,
        )

    def __sub__(self, other: "Covered") -> "Covered":
        """What is in this one alone."""
        return Covered(
            self.nodes - other.nodes,
            self.choices - other.choices,
            self.routes - other.routes,
            self.taps - other.taps,
        )

    def __bool__(self) -> bool:
        return bool(self.nodes or self.choices or self.routes or self.taps)


def everything(dialogue: Dialogue) -> Covered:
    """All there is to pass in ``dialogue``."""
    all_ = Covered(set(dialogue.nodes))
    for node in dialogue.nodes.values():
        all_.routes |= {(node.id, number) for number, _ in ways(node)}
        if isinstance(node, Choice | Choices):
            all_.choices |= {(node.id, code) for code in node.codes}
        if isinstance(node, HandOver):
            all_.choices |= {(node.id, SEND), (node.id, KEEP)}
    return all_


def covered(library: Library, dialogue: Dialogue, read: Iterable[Transcript]) -> Covered:
    """What ``read`` passes of ``dialogue``, each played in the language it was written in.

    A conversation that goes on in another dialogue counts in both.
    """
    found = Covered()
    for transcript in read:
        for passage in Replay(library, transcript, transcript.language).passages():
            match passage.event:
                case Tapped(_, code) if code.startswith("-"):
                    found.taps.add(_bare(code))
                case Asked(control):
                    found.taps.add(f"-{control}")
                case _:
                    pass
            talk = passage.talk
            for led_by, conversation in (*talk.earlier, (talk.dialogue, talk.conversation)):
                if led_by.name == dialogue.name:
                    _pass(found, dialogue, conversation)
    return found


def _bare(code: str) -> str:
    name, _, value = code.partition(".")
    return code if value in ("yes", "no") else name


def _pass(found: Covered, dialogue: Dialogue, conversation: Conversation) -> None:
    """Add the way from the start to where ``conversation`` is.

    A team that is known already is not asked for; that question counts when it is open. What is
    near counts when something was named.
    """
    way = walk(dialogue, conversation)
    seen = {node.id for node in way.path if not isinstance(node, TeamChoice)}
    node = dialogue.nodes[dialogue.start]
    while node.id != way.open.id:
        if isinstance(node, Statement):
            if not remark(dialogue, conversation.team, node, way.live).silent:
                found.nodes.add(node.id)
        elif node.id in seen:
            found.nodes.add(node.id)
        answer = way.live.get(node.id)
        if isinstance(answer, Chosen) and isinstance(node, Choice | Choices | HandOver):
            found.choices |= {(node.id, code) for code in answer.codes}
        kept = isinstance(node, HandOver) and answer == Chosen((KEEP,))
        number, to = next(
            (number, route.to)
            for number, route in ways(node)
            if (number == OTHERWISE if kept else route.when is None or holds(route.when, way.live))
        )
        found.routes.add((node.id, number))
        node = dialogue.nodes[to]
    found.nodes.add(node.id)


def told(there: Covered, passed: Covered, dutch: InDutch) -> Iterator[str]:
    """How much of ``there`` was passed, and what was not, as an author reads it."""
    missed = there - passed
    done = there & passed
    yield (
        f"{dutch.dialogue.name}: {len(done.nodes)} van {len(there.nodes)} stappen,"
        f" {len(done.choices)} van {len(there.choices)} keuzes,"
        f" {len(done.routes)} van {len(there.routes)} wegen."
    )
    nodes = dutch.dialogue.nodes
    for name in (name for name in nodes if name in missed.nodes):
        yield f"  stap {name}: {shortened(dutch.opening(nodes[name]))}"
    for name, code in sorted(missed.choices):
        yield f"  keuze bij {name}: [{dutch.label(nodes[name], code)}]"
    for name, number in sorted(missed.routes):
        to = next(route.to for place, route in ways(nodes[name]) if place == number)
        yield f"  weg van {name} naar {to}: {dutch.way(nodes[name], number)}"


def shortened(text: str, longest: int = 60) -> str:
    """The first words of ``text``."""
    if len(text) <= longest:
        return text
    return text[: text.rfind(" ", 0, longest)].rstrip(" ,.:;") + " …"
