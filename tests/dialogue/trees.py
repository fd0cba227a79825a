"""A small dialogue with every kind of node, and ways to talk to it without a channel."""

from bot.dialogue.conversation import (
    Asked,
    Control,
    Conversation,
    Effect,
    Event,
    Say,
    Started,
    Step,
    Tapped,
    Wrote,
)
from bot.dialogue.engine import advance
from bot.dialogue.summary import items
from bot.dialogue.tree import (
    Around,
    AtLeast,
    Choice,
    Choices,
    Contact,
    Dialogue,
    Ending,
    HandOver,
    Naming,
    Node,
    Number,
    OneOf,
    People,
    Review,
    Route,
    Statement,
    TeamChoice,
    TeamPlace,
    Words,
)

AROUND = Around(
    teams=(
        TeamPlace("linde", "Team De Linde", ("Utrecht", "De Bilt"), ("351",)),
        TeamPlace("eik", "Team De Eik", ("Súdwest-Fryslân",), ("86",)),
    ),
    helplines=("112",),
    languages=(("nl", "Nederlands"), ("en", "English")),
)


def to(*routes: str | Route) -> tuple[Route, ...]:
    """Routes; a bare id is a route that is always open."""
    return tuple(Route(route) if isinstance(route, str) else route for route in routes)


def tree(*nodes: Node, start: str | None = None, around: Around = AROUND) -> Dialogue:
    """A furnished dialogue of these nodes, starting at the first."""
    named = {node.id: node for node in nodes}
    return Dialogue("proef", start or nodes[0].id, named, ("t",), "r1").furnished(around)


EVERY_KIND = tree(
    Statement(id="welkom", context="proef/welkom", routes=to("team")),
    TeamChoice(id="team", context="proef/team", routes=to("over_wie"), skip=False),
    Choice(
        id="over_wie",
        context="proef/over_wie",
        codes=("kind", "mezelf"),
        why=True,
        section="vraag",
        routes=to(Route("leeftijd", OneOf("over_wie", ("kind",))), "vertel"),
    ),
    Number(
        id="leeftijd",
        context="proef/leeftijd",
        least=0,
        most=23,
        section="vraag",
        routes=to(Route("groot", AtLeast("leeftijd", 16)), "vertel"),
    ),
    Statement(id="groot", context="proef/groot", routes=to("vertel")),
    Words(
        id="vertel", context="proef/vertel", section="eigen_woorden", why=True, routes=to("zwaar")
    ),
    Choices(
        id="zwaar",
        context="proef/zwaar",
        codes=("slapen", "geld"),
        section="wat_speelt",
        routes=to("kring"),
    ),
    Naming(id="kring", context="proef/kring", section="kring", why=True, routes=to("dichtbij")),
    People(
        id="dichtbij",
        context="proef/dichtbij",
        of="kring",
        mark="near",
        section="kring",
        routes=to("gevraagd"),
    ),
    People(
        id="gevraagd",
        context="proef/gevraagd",
        of="kring",
        mark="asked",
        section="kring",
        routes=to("naam"),
    ),
    Contact(id="naam", context="proef/naam", of="name", section="praktisch", routes=to("nummer")),
    Contact(
        id="nummer", context="proef/nummer", of="phone", section="praktisch", routes=to("mail")
    ),
    Contact(
        id="mail", context="proef/mail", of="email", section="praktisch", routes=to("nakijken")
    ),
    Review(id="nakijken", context="proef/nakijken", routes=to("sturen")),
    HandOver(id="sturen", context="proef/sturen", routes=to("dank"), otherwise="bewaard"),
    Statement(id="dank", context="proef/dank", routes=to("einde")),
    Ending(id="einde", context="proef/einde"),
    Ending(id="bewaard", context="proef/bewaard"),
)


class Talk:
    """One person's talk with a dialogue; remembers the last step."""

    def __init__(self, dialogue: Dialogue = EVERY_KIND, team: str | None = "linde") -> None:
        self.dialogue = dialogue
        self.conversation = Conversation(dialogue.name, dialogue.revision, "nl")
        self.step = Step(self.conversation)
        self.origin = 0
        self.happens(Started(team))

    def happens(self, event: Event) -> Step:
        """Let ``event`` happen."""
        self.step = advance(self.dialogue, self.conversation, event)
        self.conversation = self.step.conversation
        return self.step

    def taps(self, *codes: str) -> Step:
        """Tap buttons of the screen on top, one after the other."""
        for code in codes:
            self.happens(Tapped(self.conversation.turn, code))
        return self.step

    def writes(self, *words: str) -> Step:
        """Send text messages."""
        for message in words:
            self.origin += 1
            self.happens(Wrote(message, self.origin))
        return self.step

    def asks(self, control: Control) -> Step:
        """Use one of the engine's controls by its command."""
        return self.happens(Asked(control))

    @property
    def at(self) -> str:
        """The node that waits."""
        return self.conversation.at

    def effects(self, kind: type[Effect]) -> list[Effect]:
        """The effects of that kind in the last step."""
        return [effect for effect in self.step.effects if isinstance(effect, kind)]

    @property
    def said(self) -> Say:
        """The last message of the last step."""
        return next(effect for effect in reversed(self.step.effects) if isinstance(effect, Say))

    @property
    def codes(self) -> set[str]:
        """The codes of the buttons under the last message."""
        return {button.code for row in self.said.rows for button in row}

    @property
    def words(self) -> set[str]:
        """The keys of every text in the last message."""
        keys = {getattr(piece, "key", "") for part in self.said.parts for piece in part.pieces}
        return keys - {""}

    def to_the_circle(self) -> "Talk":
        """Answer everything shortly, up to the names of a circle, and name two."""
        self.taps("kind")
        self.writes("9", "Hij slaapt niet.")
        self.taps("-done", "geld", "-done")
        self.writes("Oma, Piet")
        return self

    def opens_item(self, question: str) -> Step:
        """Tap the number of ``question`` in the review."""
        listed = [item.question for item in items(self.dialogue, self.conversation)]
        return self.taps(f"-item.{listed.index(question) + 1}")

    def to_the_review(self) -> "Talk":
        """Answer everything shortly, up to the review."""
        self.to_the_circle()
        self.taps("-done", "p1", "-done", "-done")
        self.writes("Sanne", "06 1234 5678", "sanne@example.org")
        return self
