"""Says what stands in a dialogue in plain Dutch: kinds, choices, when a route is taken."""

import re
from dataclasses import dataclass
from typing import assert_never

from bot.dialogue.message import Text
from bot.dialogue.tree import (
    All,
    Among,
    Any,
    AtLeast,
    AtMost,
    Choice,
    Choices,
    Condition,
    Contact,
    Dialogue,
    Elsewhere,
    Ending,
    HandOver,
    IsAnswered,
    Naming,
    Nearby,
    Node,
    Not,
    Number,
    OneOf,
    People,
    Pictures,
    Review,
    Route,
    Signals,
    Statement,
    TeamChoice,
    Words,
    labels_of,
)
from bot.dialogue.walk import KEEP, SEND
from bot.texts import Texts
from bot.wording.languages import DUTCH
from bot.wording.words import Values

OTHERWISE = -1
"""The number of the way out of a hand-over that is taken by who does not send."""

_HELP = re.compile(r"\b112\b|🆘|\b0800-2000\b")
"""The emergency number, the button with help numbers, and Veilig Thuis."""

REACHED_BY = {"name": "een naam", "phone": "een telefoonnummer", "email": "een mailadres"}


@dataclass(frozen=True, slots=True)
class InDutch:
    """A dialogue in words an author knows. ``values`` fill the placeholders of its texts."""

    dialogue: Dialogue
    texts: Texts
    values: Values

    def text(self, key: str) -> str:
        """The Dutch words with this key."""
        return self.texts.text(Text(key), DUTCH.code, self.values)

    def opening(self, node: Node) -> str:
        """What is said at ``node``, on one line; of a way to another dialogue, which one."""
        if isinstance(node, Elsewhere):
            return f"Hier gaat het gesprek verder in ‘{node.dialogue}’."
        return " ".join(self.text(f"{node.context}/text").split())

    def tells_of_help(self, node: Node) -> bool:
        """Whether what is said at ``node`` names danger, or whom to call then."""
        return _HELP.search(self.opening(node)) is not None

    def choices(self, node: Node) -> tuple[tuple[str, str], ...]:
        """Code and label of each choice at ``node``; those of a hand-over too."""
        match node:
            case Choice() | Choices():
                labels = labels_of(node)
                return tuple((code, self.text(f"{labels}/choices/{code}")) for code in node.codes)
            case HandOver():
                return tuple((code, self.text(f"{node.context}/{code}")) for code in (SEND, KEEP))
            case _:
                return ()

    def label(self, node: Node, code: str) -> str:
        """What the button with ``code`` reads at ``node``."""
        return dict(self.choices(node)).get(code, code)

    def way(self, node: Node, number: int) -> str:
        """When the way out with this number is taken, as seen from ``node``."""
        routes = ways(node)
        if isinstance(node, HandOver):
            if number == OTHERWISE:
                return self.label(node, KEEP)
            if routes[number][1].when is None and len(routes) == 2:
                return self.label(node, SEND)
        route = next(route for place, route in routes if place == number)
        if route.when is None:
            return "altijd" if len(routes) == 1 else "anders"
        return self.condition(route.when, node)

    def condition(self, condition: Condition, here: Node) -> str:
        """When ``condition`` holds; the question of ``here`` itself is not named."""
        match condition:
            case OneOf(question, codes):
                offered = self.choices(self.dialogue.nodes[question])
                labels = " of ".join(f"‘{label}’" for code, label in offered if code in codes)
                return self._about(question, here, labels)
            case AtLeast(question, number):
                more = "of meer aangevinkt" if self._ticks(question) else "of hoger"
                return self._about(question, here, f"{number} {more}")
            case AtMost(question, number):
                fewer = "of minder aangevinkt" if self._ticks(question) else "of lager"
                return self._about(question, here, f"{number} {fewer}")
            case IsAnswered(question):
                return self._about(question, here, "er is geantwoord")
            case Signals(question, signal):
                return self._about(question, here, f"de woorden zijn {signal}")
            case Not(IsAnswered(question)):
                return self._about(question, here, "overgeslagen")
            case Not(inner):
                return f"niet: {self.condition(inner, here)}"
            case All(conditions):
                return " en ".join(self._inside(each, here) for each in conditions)
            case Any(conditions):
                return " of ".join(self._inside(each, here) for each in conditions)
            case _:
                assert_never(condition)

    def _inside(self, condition: Condition, here: Node) -> str:
        told = self.condition(condition, here)
        return f"({told})" if isinstance(condition, All | Any) else told

    def _ticks(self, question: str) -> bool:
        """Whether a number is how many people were ticked at ``question``."""
        return isinstance(self.dialogue.nodes[question], People)

    def _about(self, question: str, here: Node, told: str) -> str:
        return told if question == here.id else f"bij {question}: {told}"


def ways(node: Node) -> tuple[tuple[int, Route], ...]:
    """Every way out of ``node`` with its number, in the order of the file."""
    if isinstance(node, Ending | Elsewhere):
        return ()
    numbered = tuple(enumerate(node.routes))
    if isinstance(node, HandOver):
        return (*numbered, (OTHERWISE, Route(node.otherwise)))
    return numbered


KINDS: dict[type[Node], str] = {
    Statement: "de bot zegt",
    Nearby: "de bot zegt, met wat er in de buurt is",
    Pictures: "kies een plaatje",
    Choice: "kies één",
    Among: "kies uit wat eerder gekozen is",
    Choices: "kies wat past",
    Words: "eigen woorden",
    TeamChoice: "het team zoeken",
    Naming: "namen",
    People: "wie van deze mensen",
    Review: "nakijken",
    HandOver: "toestemming",
    Elsewhere: "naar een andere dialoog",
    Ending: "einde",
}
"""What someone does at a node, by its kind."""


def kind_of(node: Node) -> str:
    """What someone does at ``node``."""
    if isinstance(node, Contact):
        return REACHED_BY[node.of]
    if isinstance(node, Number):
        return f"een getal, {node.least} tot en met {node.most}"
    return KINDS[type(node)]
