"""Which people and places near a team are named to someone, and how that looks.

They are small pointers for what is no matter for youth care (debts, a house, meeting others):
dated, few at a time, and never instead of the team, which every message with them says.
"""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from bot.dialogue.answers import Answer, Chosen
from bot.dialogue.around import NearPlace
from bot.dialogue.message import Moment, Part, Text
from bot.dialogue.phrases import line, word
from bot.dialogue.tree import Dialogue, Nearby, Statement

MOST = 3
"""Pointers in one message: more is a list that nobody reads."""


class Pointer(Struct, frozen=True):
    """A place, and the topic for which it is named."""

    place: NearPlace
    topic: str


class Remark(Struct, frozen=True):
    """What is said on the way to a question: a statement, and the pointers that go with it.

    ``silent``: there is nothing to point at, so that it is not said either.
    """

    node: Statement
    pointers: tuple[Pointer, ...] = ()

    @property
    def silent(self) -> bool:
        """Whether this is passed over."""
        return isinstance(self.node, Nearby) and not self.pointers


def remark(
    dialogue: Dialogue, team: str | None, node: Statement, live: Mapping[str, Answer]
) -> Remark:
    """What ``node`` says to someone of ``team``, given the ``live`` answers."""
    if not isinstance(node, Nearby):
        return Remark(node)
    topics = [
        topic
        for wanted in node.wanted
        if _chose(live.get(wanted.question), wanted.code)
        for topic in wanted.topics
    ]
    return Remark(node, pointers(_near(dialogue, team), topics))


def each_alone(dialogue: Dialogue, team: str | None, node: Nearby) -> tuple[Remark, ...]:
    """Every place that ``node`` can name to somebody of ``team``, each for each topic by itself."""
    topics = dict.fromkeys(topic for wanted in node.wanted for topic in wanted.topics)
    return tuple(
        Remark(node, (Pointer(one, topic),))
        for topic in topics
        for one in _near(dialogue, team)
        if topic in one.topics
    )


def pointers(near: tuple[NearPlace, ...], topics: Iterable[str]) -> tuple[Pointer, ...]:
    """At most ``MOST`` places, none twice: the first one for each topic, then the next for each.

    Topics come in the order given, the places of one topic in the order of the team.
    """
    waiting = {topic: [one for one in near if topic in one.topics] for topic in topics}
    found: dict[str, Pointer] = {}
    while any(waiting.values()):
        for topic, places in waiting.items():
            fresh = [one for one in places if one.context not in found]
            if fresh:
                found[fresh[0].context] = Pointer(fresh[0], topic)
            waiting[topic] = fresh[1:]
    return tuple(found.values())[:MOST]


def parts(said: Remark) -> tuple[Part, ...]:
    """The message of ``said``; after pointers it ends with what they are not."""
    text = Part((Text(f"{said.node.context}/text"),))
    if not said.pointers:
        return (text,)
    named = [part for pointer in said.pointers for part in _named(pointer)]
    return (text, *named, line("nearby_beside"))


def _named(pointer: Pointer) -> Iterator[Part]:
    place = pointer.place
    name = word(
        "nearby_name",
        soort=word(f"nearby_{pointer.topic}"),
        naam=Text(f"{place.context}/name"),
    )
    about = Text(f"{place.context}/about")
    if place.free is not None:
        about = word("nearby_free" if place.free else "nearby_paid", wat=about)
    told = word(
        "nearby_place",
        wat=about,
        bereik=Text(f"{place.context}/reach"),
        dag=Moment(place.checked, clock=False, year=True),
    )
    yield Part((name,), "heading")
    yield Part((told,))


def _near(dialogue: Dialogue, team: str | None) -> tuple[NearPlace, ...]:
    return next((one.nearby for one in dialogue.around.teams if one.team == team), ())


def _chose(answer: Answer | None, code: str) -> bool:
    return isinstance(answer, Chosen) and code in answer.codes
