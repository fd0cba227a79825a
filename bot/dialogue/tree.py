"""A dialogue as data: nodes, the routes between them, and the conditions on those routes.

A ``Dialogue`` holds structure only. Its words live apart, keyed by the ``context`` of the node
they belong to (``Compiled.words``), so that two dialogues that differ in words alone have the
same ``revision`` and a building block is translated once wherever it is used.
"""

from collections.abc import Iterator
from typing import TypeAlias

from msgspec import Struct
from msgspec.structs import replace

from bot.dialogue.around import Around
from bot.dialogue.vocabulary import Mark, Theme, VoiceKind


class OneOf(Struct, frozen=True, tag="one_of"):
    """The question was answered by choosing at least one of ``codes``."""

    question: str
    codes: tuple[str, ...]


class AtLeast(Struct, frozen=True, tag="at_least"):
    """The question was answered with this number or a higher one; about people, so many ticked."""

    question: str
    number: int


class AtMost(Struct, frozen=True, tag="at_most"):
    """The question was answered with this number or a lower one; about people, so many ticked."""

    question: str
    number: int


class IsAnswered(Struct, frozen=True, tag="answered"):
    """The question was answered, and not skipped."""

    question: str


class Signals(Struct, frozen=True, tag="signals"):
    """The own words given as an answer carry ``signal``, one of ``SIGNALS``."""

    question: str
    signal: str


class Not(Struct, frozen=True, tag="not"):
    """The condition does not hold."""

    condition: "Condition"


class All(Struct, frozen=True, tag="all"):
    """Every one of the conditions holds."""

    conditions: tuple["Condition", ...]


class Any(Struct, frozen=True, tag="any"):
    """At least one of the conditions holds."""

    conditions: tuple["Condition", ...]


Condition: TypeAlias = OneOf | AtLeast | AtMost | IsAnswered | Signals | Not | All | Any


class Route(Struct, frozen=True):
    """A way out of a node: to node ``to``, when ``when`` holds (always, when it is None)."""

    to: str
    when: Condition | None = None


class NodeBase(Struct, frozen=True, kw_only=True):
    """What every node has.

    ``id`` is unique in the dialogue; a node of a building block carries the id of the node that
    uses the block before it (``contact/naam``). ``context`` is where its words are found: its
    file and its id there (``ouder/over_wie``, ``bouwstenen/contact/naam``).
    """

    id: str
    context: str


class Onward(NodeBase, frozen=True, kw_only=True):
    """A node that has a way out. The last route holds always; the first that holds is taken."""

    routes: tuple[Route, ...]


class Statement(Onward, frozen=True, kw_only=True, tag="statement"):
    """Says something and goes on without waiting. Words: ``text``."""


class Wanted(Struct, frozen=True):
    """Whoever chose ``code`` at ``question`` may have use for something near, of these topics."""

    question: str
    code: str
    topics: tuple[str, ...]


class Nearby(Statement, frozen=True, kw_only=True, tag="nearby"):
    """Says something, and names people and places near the team for what was chosen earlier.

    ``wanted`` is in the order in which they are named. When nothing of it was chosen, or the team
    has nothing for it, this is passed over in silence (``bot.dialogue.nearby``).
    """

    wanted: tuple[Wanted, ...]


class Question(Onward, frozen=True, kw_only=True):
    """A node that waits for an answer. Words: ``text``, and with ``why`` also ``why``.

    ``section`` is where on the page the answer lands; a question without one stays off the page.
    With a section it also has the words ``short``: the name of the item on page and review.
    ``tells`` is what nobody has to ask any more once it was answered.
    """

    skip: bool = True
    why: bool = False
    section: str | None = None
    tells: Theme | None = None


class Choice(Question, frozen=True, kw_only=True, tag="choice"):
    """One of ``codes``, by tapping. Words: ``choices/<code>`` for each.

    Whoever chooses ``danger`` finds that on top of the page, in the section for safety, instead of
    in that of the question. Whoever chooses ``adult`` says to be one: nobody asks for the parents
    then.
    """

    codes: tuple[str, ...]
    danger: str | None = None
    adult: str | None = None


class Pictures(Choice, frozen=True, kw_only=True, tag="pictures"):
    """A choice between pictures: each label is one emoji and a word or two, side by side."""


class Choices(Question, frozen=True, kw_only=True, tag="choices"):
    """Any number of ``codes``, by ticking, closed by a button. Words: ``choices/<code>``."""

    codes: tuple[str, ...]


class Among(Choices, frozen=True, kw_only=True, tag="among"):
    """Any number of what was ticked at the earlier question ``of``, in the words of that question.

    ``codes`` are all that can be ticked there, ``labels`` is the context of their words. With fewer
    than two ticked there is nothing to choose from, and it is passed over in silence.
    """

    of: str
    labels: str


class Words(Question, frozen=True, kw_only=True, tag="words"):
    """Own words, in as many messages as someone likes, closed by a button."""


class Number(Question, frozen=True, kw_only=True, tag="number"):
    """A whole number from ``least`` to ``most``, both included."""

    least: int
    most: int


class Contact(Question, frozen=True, kw_only=True, tag="contact"):
    """One line to reach someone by: ``of`` is ``name``, ``phone`` (typed, shared) or ``email``."""

    of: str


class TeamChoice(Question, frozen=True, kw_only=True, tag="team"):
    """Which team: answered already when someone came by a team's link, else by town or postcode."""


class Naming(Question, frozen=True, kw_only=True, tag="circle"):
    """Names of people, typed in as many messages as someone likes, closed by a button.

    ``mark`` is what everybody has who is named here, because that is what the question asks.
    """

    mark: Mark | None = None


class People(Question, frozen=True, kw_only=True, tag="people"):
    """Who of the people named at ``of`` has ``mark``: any number, by ticking, closed by a button.

    Its answers are kept for each person; its ``section`` is that of the names. With nobody named
    it is passed over in silence. It always has the words ``short``.
    """

    of: str
    mark: Mark


class Review(Onward, frozen=True, kw_only=True, tag="review"):
    """Shows every item of the page; each can be kept, changed or left out."""


class HandOver(Onward, frozen=True, kw_only=True, tag="hand_over"):
    """Asks consent to give the page to the team. Words: ``text``, ``send`` and ``keep``.

    ``routes`` are taken after sending; ``otherwise`` is where someone goes who does not send. With
    ``shows`` every item of the page stands there, as in a review.
    """

    otherwise: str
    shows: bool = False


class Ending(NodeBase, frozen=True, kw_only=True, tag="ending"):
    """The last thing said. Words: ``text``."""


class Elsewhere(NodeBase, frozen=True, kw_only=True, tag="elsewhere"):
    """Here the talk goes on in another ``dialogue``, from its beginning. It has no words."""

    dialogue: str


Asking: TypeAlias = (
    Choice | Pictures | Choices | Among | Words | Number | Contact | TeamChoice | Naming | People
)


Waiting: TypeAlias = Asking | Review | HandOver | Ending | Elsewhere


Node: TypeAlias = Statement | Nearby | Waiting


def labels_of(node: NodeBase) -> str:
    """The context under which the labels of its choices are found."""
    return node.labels if isinstance(node, Among) else node.context


def shows_items(node: NodeBase) -> bool:
    """Whether every item of the page stands there, to be kept, changed or left out."""
    return isinstance(node, Review) or (isinstance(node, HandOver) and node.shows)


class Dialogue(Struct, frozen=True):
    """A checked tree. Every id it mentions exists; no route leads back to an earlier node.

    ``links`` are the letters of the deep links that start it (``t`` in ``?start=t_linde``).
    ``voice`` is whose share in the case it gives. ``revision`` is the fingerprint of the structure:
    the same for the same nodes, routes and codes, whatever the words. ``around`` and ``ahead`` are
    filled by ``furnished``.
    """

    name: str
    start: str
    nodes: dict[str, Node]
    links: tuple[str, ...] = ()
    revision: str = ""
    around: Around = Around()
    ahead: dict[str, int] = {}
    voice: VoiceKind = "parent"

    def __hash__(self) -> int:
        return hash((self.name, self.revision))

    def furnished(self, around: Around) -> "Dialogue":
        """This dialogue in an installation, with how many questions lie ahead of each node.

        Questions are what has a place on the page; ``ahead`` counts the node itself and takes the
        longest way, so that what is said about the length never turns out too short. It counts to
        the next hand-over: what comes after it is told to those who want to tell more.
        """
        ahead: dict[str, int] = {}
        todo = [self.start]
        while todo:
            node = self.nodes[todo[-1]]
            later = list(self.routes_from(node))
            waiting = [name for name in later if name not in ahead]
            if waiting:
                todo += waiting
                continue
            todo.pop()
            is_sent = isinstance(node, HandOver)
            longest = 0 if is_sent else max((ahead[name] for name in later), default=0)
            is_counted = isinstance(node, Question) and node.section is not None
            ahead[node.id] = longest + is_counted
        return replace(self, around=around, ahead=ahead)

    def routes_from(self, node: Node) -> Iterator[str]:
        """Every node that can come right after ``node``, in the order of the file."""
        if isinstance(node, Ending | Elsewhere):
            return
        for route in node.routes:
            yield route.to
        if isinstance(node, HandOver):
            yield node.otherwise


class Compiled(Struct, frozen=True):
    """A dialogue with the Dutch words it was written with: ``words["ouder/over_wie/text"]``.

    ``notes`` are the author's notes to translators, by the same keys.
    """

    dialogue: Dialogue
    words: dict[str, str]
    notes: dict[str, str]
