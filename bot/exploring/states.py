"""The states that were visited, and the deeds that lead from one to the next."""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.dialogue.conversation import Conversation
from bot.dialogue.events import Asked, Event, Invited, Started, Tapped, Wrote
from bot.exploring.alike import Key

SHOWN = 30
"""Signs of what was typed that stand in the way to a finding."""


@dataclass(slots=True)
class State:
    """One state: a conversation that is in it, and the deed that led there first.

    ``onward`` are the deeds that go on from here, and where to.
    """

    conversation: Conversation
    before: Key | None
    event: Event | None
    onward: list[tuple[Event, Key]] = field(default_factory=list)


class States(dict[Key, State]):
    """Every state by its key, in the order of being found."""

    def way_to(self, key: Key | None) -> list[tuple[Conversation, Event]]:
        """The deeds from the beginning to the state of ``key``, each with where it was done."""
        way: list[tuple[Conversation, Event]] = []
        while key is not None:
            state = self[key]
            if state.event is not None and state.before is not None:
                way.append((self[state.before].conversation, state.event))
            key = state.before
        return way[::-1]

    def towards(self, goals: Iterable[Key]) -> dict[Key, Event]:
        """For each state from where one of ``goals`` can be reached going onward: the next deed."""
        before: dict[Key, list[tuple[Key, Event]]] = {}
        for key, state in self.items():
            for event, to in state.onward:
                before.setdefault(to, []).append((key, event))
        next_: dict[Key, Event] = {}
        todo = deque(goals)
        seen = set(todo)
        while todo:
            for key, event in before.get(todo.popleft(), ()):
                if key not in seen:
                    seen.add(key)
                    next_[key] = event
                    todo.append(key)
        return next_


def is_onward(event: Event) -> bool:
    """Whether someone who does this goes on, and neither back nor to another talk."""
    match event:
        case Tapped(_, code):
            return not code.startswith(("-back", "-again", "-change", "-join"))
        case Asked(control):
            return control != "back"
        case Started() | Invited():
            return False
        case _:
            return True


def worded(event: Event, labels: dict[str, str]) -> str:
    """``event`` as it stands in the way to a finding; ``labels`` are those of the buttons."""
    match event:
        case Tapped(_, code):
            return f"[{labels.get(code, code)}]"
        case Wrote(words):
            typed = " ".join(words.split())
            return f"‘{typed[:SHOWN]}…’" if len(typed) > SHOWN else f"‘{typed}’"
        case Asked(control):
            return f"/{control}"
        case _:
            return type(event).__name__.lower()
