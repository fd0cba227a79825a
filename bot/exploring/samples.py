"""Conversations that stand at each question of a dialogue, in every way someone can stand there."""

from collections import deque
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple, TypeAlias, get_args

from bot.dialogue.answers import Skipped
from bot.dialogue.conversation import Conversation
from bot.dialogue.engine import advance
from bot.dialogue.events import Asked, Event, Started, Tapped, Wrote
from bot.dialogue.fitting import offered
from bot.dialogue.screens import draw
from bot.dialogue.tree import (
    Choice,
    Choices,
    Contact,
    Dialogue,
    Elsewhere,
    Ending,
    HandOver,
    Naming,
    Number,
    People,
    Review,
    TeamChoice,
    Words,
    shows_items,
)
from bot.dialogue.walk import KEEP, SEND, walk
from bot.exploring.alike import Alike, Key
from bot.exploring.deeds import NAMES, REACHED, TELLING, WORDS, codes, newest, numbers_around

Way: TypeAlias = Literal[
    "fresh", "half", "answered", "back", "skipped", "paused", "left", "help", "review", "sent"
]
"""How someone stands at a question: it is asked; half answered (words typed, boxes ticked); just
answered; back at it; just skipped; away; gone; looking at the help numbers; with it in the review;
after sending."""

WAYS: tuple[Way, ...] = get_args(Way)

MOST_QUESTIONS = 200
"""Questions in one talk, at most."""

CLOSING = ("-on", "-keep")
"""Buttons that lead from a screen of the engine's own back to the question."""

MOST_SCREENS = 3
"""Of those on top of each other, at most."""

Deeds: TypeAlias = tuple[str, ...]
"""Codes to tap, one after the other; what does not stand under the question is typed."""


class Sample(NamedTuple):
    """A conversation that stands at ``node`` in this ``way``."""

    node: str
    way: Way
    conversation: Conversation


def samples(dialogue: Dialogue) -> Iterator[Sample]:
    """One conversation for each node that waits and each way that is possible there."""
    for node, here in questions(dialogue).items():
        yield from _ways(dialogue, node, here)


def questions(dialogue: Dialogue) -> dict[str, Conversation]:
    """For each node that waits a conversation to which it was just asked, by the shortest way.

    What can be answered on the way there was answered. No node is left out, but those where nobody
    can come.
    """
    teams = dialogue.around.teams
    alike = Alike(dialogue)
    found: dict[str, Conversation] = {}
    seen: set[Key] = set()
    todo: deque[Conversation] = deque()
    for team in (teams[0].team if teams else None, None):
        new = Conversation(dialogue.name, dialogue.revision, "nl")
        todo.append(advance(dialogue, new, Started(team)).conversation)
    while todo:
        here = todo.popleft()
        key = alike.key(here)
        if key in seen:
            continue
        seen.add(key)
        found.setdefault(here.at, here)
        todo += answered_all_ways(dialogue, here)
    return found


def answered_all_ways(dialogue: Dialogue, here: Conversation) -> Iterator[Conversation]:
    """``here``, once for each way to answer the question that is open, and passed over."""
    if isinstance(dialogue.nodes[here.at], Ending | Elsewhere):
        return
    for deeds in _answers(dialogue, here):
        after = done(dialogue, here, *deeds)
        if after.at != here.at:
            yield after
    skipped = settled(dialogue, advance(dialogue, here, Asked("skip")).conversation)
    if skipped.at != here.at:
        yield skipped


def answered(dialogue: Dialogue, here: Conversation) -> Conversation | None:
    """``here`` with its question answered in the first way there is; None when none goes on."""
    return next(answered_all_ways(dialogue, here), None)


def onward(
    dialogue: Dialogue, here: Conversation, until: Callable[[Conversation], bool]
) -> Conversation | None:
    """``here``, answering question by question, as far as ``until`` holds; None when it never does.

    What was answered before stands.
    """
    here = settled(dialogue, here)
    for _ in range(MOST_QUESTIONS):
        if until(here):
            return here
        after = answered(dialogue, here)
        if after is None:
            return None
        here = after
    return None


def is_over(dialogue: Dialogue, here: Conversation) -> bool:
    """Whether this talk is at an end."""
    return isinstance(dialogue.nodes[here.at], Ending | Elsewhere)


def done(dialogue: Dialogue, here: Conversation, *deeds: str) -> Conversation:
    """``here`` after these deeds."""
    for deed in deeds:
        here = advance(dialogue, here, event_of(dialogue, here, deed)).conversation
    return settled(dialogue, here)


def event_of(dialogue: Dialogue, here: Conversation, deed: str) -> Event:
    """The tap on the button with this code, or the typed words when there is no such button."""
    if deed in codes(draw(dialogue, here)):
        return Tapped(here.turn, deed)
    return Wrote(deed, newest(here) + 1)


def settled(dialogue: Dialogue, here: Conversation) -> Conversation:
    """``here`` with the screens of the engine's own closed, so that the question is on top."""
    for _ in range(MOST_SCREENS):
        there = [] if here.screen == "question" else codes(draw(dialogue, here))
        close = [code for code in CLOSING if code in there]
        if not close:
            break
        here = advance(dialogue, here, Tapped(here.turn, close[0])).conversation
    return here


def half(dialogue: Dialogue, here: Conversation) -> Conversation | None:
    """``here`` with something typed or ticked, not closed yet; None where that is not possible."""
    for deeds in _answers(dialogue, here):
        if len(deeds) < 2:
            continue
        after = here
        for deed in deeds[:-1]:
            after = advance(dialogue, after, event_of(dialogue, after, deed)).conversation
        if after.at == here.at and after.screen == "question":
            return after
    return None


def _ways(dialogue: Dialogue, node: str, here: Conversation) -> Iterator[Sample]:
    def asked(control: Literal["pause", "leave", "help"]) -> Conversation:
        return advance(dialogue, here, Asked(control)).conversation

    yield Sample(node, "fresh", here)
    yield Sample(node, "paused", asked("pause"))
    yield Sample(node, "left", asked("leave"))
    yield Sample(node, "help", asked("help"))
    if (typed := half(dialogue, here)) is not None:
        yield Sample(node, "half", typed)
    for after in answered_all_ways(dialogue, here):
        if isinstance(after.answer_to(node), Skipped):
            yield Sample(node, "skipped", after)
            break
    after_ = answered(dialogue, here)
    if after_ is None:
        return
    yield Sample(node, "answered", after_)
    back = advance(dialogue, after_, Asked("back")).conversation
    if back.at == node:
        yield Sample(node, "back", back)
    if not isinstance(dialogue.nodes[node], Review | HandOver):
        review = onward(dialogue, after_, lambda one: shows_items(dialogue.nodes[one.at]))
        if review is not None:
            yield Sample(node, "review", review)
    sent = onward(dialogue, after_, lambda one: is_over(dialogue, one))
    if sent is not None and walk(dialogue, sent).sent:
        yield Sample(node, "sent", sent)


def _answers(dialogue: Dialogue, here: Conversation) -> Iterator[Deeds]:
    """Every way to answer the question that is open that makes a difference."""
    node = dialogue.nodes[here.at]
    match node:
        case Choices():
            yield from _ticked(offered(node, walk(dialogue, here).live))
        case Choice():
            yield from ((code,) for code in node.codes)
        case Words():
            yield from ((words, "-done") for words in (WORDS, *TELLING))
        case Number():
            yield from ((str(number),) for number in numbers_around(dialogue, node))
        case Contact():
            yield (REACHED[node.of],)
        case TeamChoice():
            for place in dialogue.around.teams[:1]:
                yield (*(*place.towns, *place.postcodes)[:1], f"-team.{place.team}")
        case Naming():
            yield (*NAMES, "-done")
        case People():
            yield from ((one.id, "-done") for one in here.people_of(node.of)[:1])
        case Review() | HandOver():
            yield from ((code,) for code in ("-agree", SEND, KEEP))
        case _:
            return


def _ticked(offered: tuple[str, ...]) -> Iterator[Deeds]:
    yield (*offered[:2], "-done")
    yield from ((code, "-done") for code in offered)
