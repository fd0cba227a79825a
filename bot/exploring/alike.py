"""When two conversations count as one state, so that exploring a dialogue ends.

What is merged, and why that loses nothing:

* **The turn.** It is only ever compared with the turn of a button or alarm. Every state is tried
  with both a right and an older one.
* **Own words, numbers, names.** They are only quoted, and read by conditions. So what counts of an
  answer is which conditions that can still be read hold for it, and whether there is one.
* **Answers that nobody reads any more.** What no condition, ``of`` or question about people reads
  at this node or later can change nothing but a list of quotes: on the review, and when someone
  goes back. For those it is kept which question ← leads to, whether there is an answer at this
  question, and whether there are items. That every question stands well in a
  review is tried apart (``explorer``: each question is followed to the review once). Of someone who
  went back to a question, the answers to what comes after it do not count: where they return to was
  visited on the way there.
* **Ticks and drafts.** None or some (of ticks: one, or more); and which conditions would hold if
  this were the answer.
* **How many people.** None, one, two: the screens of three are those of two with a row more. Of
  one it also counts how often names were sent, for the prompts that come one after the other.
* **People and places nearby.** What was chosen decides which are named in one message, and nothing
  else: each of them is rendered apart (``explorer``), and three of them fit in any message, as what
  is said of one is short (``authored.places``).
* **Screens of the engine's own** (menu, help, …) and of one person say nothing of earlier answers:
  each is tried over every node, and not over every state of that node (``wide`` does that).

Whatever else a conversation remembers counts as it is.
"""

from collections.abc import Iterator
from typing import TypeAlias

from bot.dialogue.answers import Answer, Answered, Chosen, Counted, Named, Reached, Skipped, Worded
from bot.dialogue.conversation import Conversation, Screen
from bot.dialogue.fitting import answer_of
from bot.dialogue.hearing import fitting
from bot.dialogue.lock import is_asked
from bot.dialogue.safety import spotted
from bot.dialogue.screens import earlier
from bot.dialogue.shareable import shareable
from bot.dialogue.summary import items
from bot.dialogue.tree import (
    All,
    Any,
    Condition,
    Contact,
    Dialogue,
    Ending,
    Not,
    Onward,
    Signals,
    Words,
    shows_items,
)
from bot.dialogue.walk import SEND, holds, waiting, walk

Key: TypeAlias = tuple[object, ...]

OF_THE_QUESTION: tuple[Screen, ...] = ("question", "item")
"""Screens that show what was answered."""

OF_THE_PAGE: tuple[Screen, ...] = ("page", "withdraw", "write")
"""Screens that show what became of a page."""

OF_SHARES: tuple[Screen, ...] = ("shares", "share", "share_sure", "share_back", "share_look")
"""Screens that show what is shared with another voice."""

OFFERED_BY: tuple[Screen, ...] = ("menu", "mine")
"""Screens that offer those, when there is a page; so does every ending."""

OF_A_LINK: tuple[Screen, ...] = ("resume", "again", "invited", "locked")
"""Screens that depend on the link someone followed."""

MERGED = {
    *("dialogue", "revision", "language", "team", "turn", "at", "screen", "status", "item"),
    *("answers", "draft", "ticked", "invited", "invitation", "named"),
    *("page", "reply", "given", "reachable", "schema", "care", "beneath", "heeded", "lock"),
    *("meeting", "views"),
    *("with_others", "sharing"),
}
"""What is looked at here, or is no part of a state; every other field counts as it is."""

PROMPTS = 9
"""Rounds of names after which the same prompts come by again."""


def leaves(condition: Condition | None) -> Iterator[Condition]:
    """The conditions that ``condition`` is made of."""
    match condition:
        case None:
            return
        case Not(inner):
            yield from leaves(inner)
        case All(conditions) | Any(conditions):
            for one in conditions:
                yield from leaves(one)
        case _:
            yield condition


class Alike:
    """Gives two conversations in ``dialogue`` the same key when they count as one state."""

    def __init__(self, dialogue: Dialogue, *, wide: bool = False) -> None:
        """``wide`` tells the engine's own screens apart by all that lies below them."""
        self.dialogue = dialogue
        self._wide = wide
        self._ends = {node.id for node in dialogue.nodes.values() if isinstance(node, Ending)}
        self._ahead: dict[str, frozenset[str]] = {}
        self._read: dict[str, tuple[tuple[Condition, ...], frozenset[str], bool]] = {}

    def ahead(self, node: str) -> frozenset[str]:
        """``node`` and every node that can come after it."""
        if node not in self._ahead:
            later = self.dialogue.routes_from(self.dialogue.nodes[node])
            self._ahead[node] = frozenset((node,)).union(*(self.ahead(name) for name in later))
        return self._ahead[node]

    def key(self, conversation: Conversation) -> Key:
        """What tells this state from others."""
        sent = conversation.answers and any(_is_sent(old) for old in conversation.answers)
        rest = tuple(
            getattr(conversation, name)
            for name in conversation.__struct_fields__
            if name not in MERGED
        )
        screen = conversation.screen
        common: Key = (
            conversation.at,
            screen,
            conversation.status,
            bool(sent),
            conversation.team is None,
            rest,
            is_asked(self.dialogue, conversation),
            *_locked(conversation),
        )
        if screen in OFFERED_BY or conversation.at in self._ends:
            common = (*common, conversation.given, conversation.with_others)
        if screen in OF_THE_PAGE:
            common = (*common, bool(conversation.reply), conversation.page)
        if screen == "meeting":
            tapped = None if conversation.views is None else len(conversation.views)
            common = (*common, conversation.meeting, tapped)
        if screen in OF_SHARES:
            common = (*common, *self._shared(conversation))
        if screen in OF_A_LINK:
            common = (*common, conversation.invited is None, conversation.invitation is None)
        if screen == "care":
            common = (*common, conversation.care, conversation.beneath)
        if screen == "pause":
            common = (*common, conversation.reachable)
        if screen in OF_THE_QUESTION or self._wide:
            common = (*common, *self._told(conversation))
        return common

    def _shared(self, conversation: Conversation) -> Iterator[object]:
        """Which of its answers are ticked says no more than whether any is."""
        sharing = conversation.sharing
        yield bool(shareable(self.dialogue, conversation))
        yield None if sharing is None else (sharing.shares, bool(sharing.ticked), sharing.share)

    def _told(self, conversation: Conversation) -> Iterator[object]:
        at = conversation.at
        node = waiting(self.dialogue, conversation)
        way = walk(self.dialogue, conversation)
        before = earlier(way, conversation)
        here = answer_of(conversation, node, way.live)
        yield way.open.id == at
        yield None if before is None else before.id
        yield _kind(here)
        yield bool(conversation.draft), bool(fitting(conversation.draft, "x"))
        yield len(conversation.ticked[:2])
        given = {old.question: old.answer for old in conversation.answers if old.person is None}
        told = {**given, **way.live}
        conditions, of, reviewed = self._readers(at)
        later = frozenset[str]() if way.open.id == at else self.ahead(at) - {at}
        read = [one for one in conditions if _question(one) not in later]
        yield tuple(holds(one, told) for one in read)
        if conversation.ticked:
            supposed = told | {at: Chosen(conversation.ticked)}
            yield tuple(holds(one, supposed) for one in read)
        sought = {one.signal for one in read if isinstance(one, Signals) and one.question == at}
        if conversation.draft and sought:
            words = "\n".join(said.words for said in conversation.draft)
            found = spotted(self.dialogue.around.signals, words, conversation.language)
            yield tuple(sorted(sought.intersection(found)))
        yield isinstance(node, Words) and bool(conversation.heeded)
        yield tuple(_many(told.get(question)) for question in sorted(of - later))
        if isinstance(here, Named):
            alone = len(here.people) == 1
            yield min(len(here.people), 3), here.messages % PROMPTS if alone else 0
        listed = items(self.dialogue, conversation) if reviewed else ()
        yield bool(listed)
        if shows_items(node):
            yield any(item.left_out for item in listed), any(item.talk_about for item in listed)
            yield conversation.item

    def _readers(self, at: str) -> tuple[tuple[Condition, ...], frozenset[str], bool]:
        """What can still be read from here: conditions, questions whose answer is offered again,
        and whether a review comes."""
        if at not in self._read:
            nodes = [self.dialogue.nodes[name] for name in sorted(self.ahead(at))]
            conditions = {
                leaf: None
                for node in nodes
                if isinstance(node, Onward)
                for route in node.routes
                for leaf in leaves(route.when)
            }
            of = frozenset(
                node_of
                for node in nodes
                if not isinstance(node, Contact)
                and isinstance(node_of := getattr(node, "of", None), str)
            )
            self._read[at] = tuple(conditions), of, any(shows_items(node) for node in nodes)
        return self._read[at]


def _locked(conversation: Conversation) -> Key:
    """Whether a code was offered, is there, and shuts the talk; and how often it was wrong, where
    that shows. How often it was wrong five times is a number in one sentence."""
    lock = conversation.lock
    if lock is None:
        return ()
    is_tried = conversation.screen == "locked"
    tried = (lock.wrong, lock.resting) if is_tried else ()
    is_here = lock.offered == conversation.at
    return bool(lock.code), is_here, lock.closed, bool(lock.chosen), *tried


def _question(condition: Condition) -> str:
    """The question that a condition without parts reads."""
    return str(getattr(condition, "question", ""))


def _is_sent(old: Answered) -> bool:
    return old.answer == Chosen((SEND,))


def _kind(answer: Answer | None) -> str:
    return "" if answer is None else type(answer).__name__


def _many(answer: Answer | None) -> int:
    """How many there are to choose from in what was answered, three at most."""
    match answer:
        case Chosen(codes):
            return min(len(codes), 3)
        case Named(people):
            return min(len(people), 3)
        case Worded() | Counted() | Reached() | Skipped() | None:
            return 0
