"""A small dialogue with every kind of node, and ways to talk to it without a channel."""

from msgspec.structs import replace

from bot.dialogue import moves
from bot.dialogue.around import Around, TeamPlace
from bot.dialogue.conversation import Conversation
from bot.dialogue.effects import Begin, Effect, Step
from bot.dialogue.engine import advance
from bot.dialogue.events import Asked, Control, Event, Started, Tapped, Wrote
from bot.dialogue.lexicon import Pattern, Wordlist
from bot.dialogue.message import Say
from bot.dialogue.recognising import ready
from bot.dialogue.summary import items
from bot.dialogue.tree import (
    Among,
    AtLeast,
    Choice,
    Choices,
    Contact,
    Dialogue,
    Elsewhere,
    Ending,
    HandOver,
    Naming,
    Node,
    Number,
    OneOf,
    People,
    Pictures,
    Review,
    Route,
    Statement,
    TeamChoice,
    Words,
)

SIGNALS = ready(
    Wordlist(
        "nl",
        {
            "ingekleurd": (Pattern((("verwijzing",),)),),
            "zelfdoding": (Pattern((("zelfmoord*",),)),),
        },
    )
)

AROUND = Around(
    teams=(
        TeamPlace("linde", "Team De Linde", ("Utrecht", "De Bilt"), ("351",)),
        TeamPlace("eik", "Team De Eik", ("Súdwest-Fryslân",), ("86",)),
    ),
    helplines=("112",),
    languages=(("nl", "Nederlands"), ("en", "English")),
    voices=("parent", "young"),
    signals={"nl": SIGNALS},
    called_for={"zelfdoding": ("112",)},
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


FULLER = replace(
    tree(
        Statement(id="welkom", context="fuller/welkom", routes=to("gezicht")),
        Pictures(
            id="gezicht",
            context="fuller/gezicht",
            codes=("blij", "boos", "bang", "moe", "stil"),
            section="vraag",
            routes=to("zwaar"),
        ),
        Choices(
            id="zwaar",
            context="fuller/zwaar",
            codes=("slapen", "geld", "school"),
            section="wat_speelt",
            routes=to("samen"),
        ),
        Among(
            id="samen",
            context="fuller/samen",
            codes=("slapen", "geld", "school"),
            of="zwaar",
            labels="fuller/zwaar",
            section="wat_speelt",
            routes=to(Route("vertel", OneOf("samen", ("slapen",))), "eerst"),
        ),
        Among(
            id="eerst",
            context="fuller/eerst",
            codes=("slapen", "geld", "school"),
            of="samen",
            labels="fuller/zwaar",
            section="wat_speelt",
            skip=False,
            routes=to("vertel"),
        ),
        Words(id="vertel", context="fuller/vertel", section="eigen_woorden", routes=to("sturen")),
        HandOver(
            id="sturen",
            context="fuller/sturen",
            shows=True,
            routes=to("dank"),
            otherwise="bewaard",
        ),
        Statement(id="dank", context="fuller/dank", routes=to("meer")),
        Choice(
            id="meer",
            context="fuller/meer",
            codes=("ja", "nee"),
            routes=to(Route("hoop", OneOf("meer", ("ja",))), "einde"),
        ),
        Words(id="hoop", context="fuller/hoop", section="hoop", routes=to("kring")),
        Naming(id="kring", context="fuller/kring", section="kring", routes=to("nakijken")),
        Review(id="nakijken", context="fuller/nakijken", routes=to("nog_eens")),
        HandOver(id="nog_eens", context="fuller/nog_eens", routes=to("einde"), otherwise="einde"),
        Ending(id="einde", context="fuller/einde"),
        Ending(id="bewaard", context="fuller/bewaard"),
    ),
    name="fuller",
)
"""Pictures, choices among earlier ones, a hand-over that shows all that is sent, and a second."""

CHOOSER = replace(
    tree(
        Statement(id="hallo", context="wie/hallo", routes=to("wie")),
        Choice(
            id="wie",
            context="wie/wie",
            codes=("ouder", "jong"),
            skip=False,
            routes=to(Route("door", OneOf("wie", ("jong",))), "verder"),
        ),
        Statement(id="door", context="wie/door", routes=to("jong")),
        Elsewhere(id="jong", context="wie/jong", dialogue="fuller"),
        Elsewhere(id="verder", context="wie/verder", dialogue="proef"),
    ),
    name="wie",
)
"""Asks who someone is, and begins one of the others."""

ALL = {dialogue.name: dialogue for dialogue in (EVERY_KIND, FULLER, CHOOSER)}


class Talk:
    """One person's talk with a dialogue; remembers the last step.

    The talk goes on in another dialogue as the world lets it: in the same step.
    """

    def __init__(self, dialogue: Dialogue = EVERY_KIND, team: str | None = "linde") -> None:
        self.dialogue = dialogue
        self.conversation = Conversation(dialogue.name, dialogue.revision, "nl")
        self.step = Step(self.conversation)
        self.origin = 0
        self.happens(Started(team))

    def happens(self, event: Event) -> Step:
        """Let ``event`` happen."""
        self.step = advance(self.dialogue, self.conversation, event)
        for effect in self.step.effects:
            if isinstance(effect, Begin):
                self.step = self._begun(effect.dialogue)
        self.conversation = self.step.conversation
        return self.step

    def _begun(self, name: str) -> Step:
        self.dialogue = ALL[name]
        begun = moves.elsewhere(self.step.conversation, self.dialogue)
        step = advance(self.dialogue, begun, Started(begun.team))
        return replace(step, effects=(*self.step.effects, *step.effects))

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

    def to_the_first_page(self) -> "Talk":
        """Answer everything of ``FULLER`` shortly, up to the page that can be sent."""
        self.taps("boos", "slapen", "geld", "-done", "geld", "-done")
        self.taps("geld", "-done") if self.at == "eerst" else None
        self.writes("Hij slaapt niet.")
        self.taps("-done")
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
