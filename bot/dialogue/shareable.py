"""Which of their own answers someone can share with another voice, and how they read.

Only what was handed over, and of that only what is safe in other hands; what is left out is left
out here, for everyone, so that no screen and no author can offer it by mistake:

* nothing that stands under safety, and no question of which one answer means danger, whatever was
  answered: who looks over a shoulder learns nothing from what is missing;
* of what was ticked, not what leads to the questions about safety;
* no words or names that called for a person (``bot.dialogue.care``), also after "that is not what
  I mean": a false alarm costs one item here, the other mistake may cost somebody's safety;
* not who costs strength, and nobody of whom only that was told;
* not how someone can be reached, and not who has a say or presses them: that is for the team.

Of what was spoken only the words are shared that the speaker agreed to, never the sound.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from bot.dialogue.answers import Chosen, Named, Reached, Said, Worded
from bot.dialogue.circle import Circle
from bot.dialogue.conversation import Conversation
from bot.dialogue.message import Part, Piece, Text
from bot.dialogue.safety import spotted
from bot.dialogue.summary import Item, items, person_line, shown
from bot.dialogue.tree import (
    All,
    Any,
    Choice,
    Condition,
    Dialogue,
    Naming,
    OneOf,
    Onward,
    Question,
    Statement,
    labels_of,
)
from bot.dialogue.vocabulary import CARE_SIGNALS, SAFETY

SECTIONS = ("eigen_woorden", "vraag", "gaat_goed", "wat_speelt", "hoop", "kring")
"""The sections of the page out of which something can be shared: all but those about safety, about
who has a say, and about how someone is reached."""

TOGETHER = 3
"""Messages that are read together: people send half a sentence. One more than those that
``bot.dialogue.care`` reads along."""


def shareable(dialogue: Dialogue, conversation: Conversation) -> tuple[Item, ...]:
    """What can be shared of what was handed over, in the order of the page, as it is shared."""
    unsafe = _unsafe(dialogue)
    found = []
    for item in items(dialogue, conversation):
        if item.sent and not item.left_out and item.section in SECTIONS:
            kept = _kept(dialogue, conversation, item, unsafe)
            if kept is not None:
                found.append(kept)
    return tuple(found)


def asked(item: Item) -> Text:
    """What an item is called."""
    return Text(f"{item.context}/short")


def said(item: Item) -> tuple[Piece, ...]:
    """What was answered: own words as they are, what was chosen as references."""
    if item.circle is not None:
        return tuple(person_line(person) for person in item.circle.people)
    return shown(item.labels or item.context, item.answer)


def in_full(found: tuple[Item, ...]) -> Iterator[Part]:
    """All of it as it is shown before it is shared, and read by the other after."""
    for item in found:
        yield Part((asked(item),), "heading")
        for piece in said(item):
            yield Part((piece,), "quote")


def _kept(
    dialogue: Dialogue, conversation: Conversation, item: Item, unsafe: dict[str, set[str]]
) -> Item | None:
    """The part of ``item`` that can be shared; None when that is nothing."""
    node = dialogue.nodes[item.question]
    if (isinstance(node, Choice) and node.danger) or isinstance(item.answer, Reached):
        return None
    match item.answer:
        case Chosen(codes):
            known = unsafe.get(labels_of(node), ())
            safe = tuple(code for code in codes if code not in known)
            return replace(item, answer=Chosen(safe)) if safe else None
        case Worded() as answer:
            return _worded(dialogue, conversation, item, answer)
        case Named(people):
            words = [", ".join(one.name for one in people), *(one.name for one in people)]
            circle = _without_costs(node, item.circle)
            if not circle.people or _calls(dialogue, words, {conversation.language}):
                return None
            return replace(item, circle=circle)
        case _:
            return item


def _worded(
    dialogue: Dialogue, conversation: Conversation, item: Item, answer: Worded
) -> Item | None:
    words = [one.words for one in answer.said if one.words]
    pieces = ["\n".join(words[start : start + TOGETHER]) for start in range(len(words))]
    languages = {answer.language, conversation.language}
    if not words or _calls(dialogue, [answer.words, *words, *pieces], languages):
        return None
    return replace(item, answer=Worded(tuple(Said(one) for one in words), answer.language))


def _calls(dialogue: Dialogue, words: list[str], languages: set[str]) -> bool:
    """Whether any of ``words`` called for a person, or would now."""
    signals = dialogue.around.signals
    return any(
        not set(CARE_SIGNALS).isdisjoint(spotted(signals, each, language))
        for each in words
        for language in languages
    )


def _without_costs(node: object, circle: Circle | None) -> Circle:
    if circle is None or (isinstance(node, Naming) and node.mark == "costs"):
        return Circle()
    return Circle(
        tuple(
            replace(person, costs=None)
            for person in circle.people
            if not person.costs or person.near is not None or _is_good(person.told)
        )
    )


def _is_good(told: tuple[str, ...]) -> bool:
    """Whether anything was told of someone that is no more than a question that is still open."""
    return bool({"gives", "important", "thinks_along", "asked"}.intersection(told))


def _unsafe(dialogue: Dialogue) -> dict[str, set[str]]:
    """The codes that lead to a question about safety, by the context of their labels: what is
    chosen among what was ticked before has the same codes under the same labels."""
    found: dict[str, set[str]] = {}
    for node in dialogue.nodes.values():
        for route in node.routes if isinstance(node, Onward) else ():
            if route.when is not None and _asks_about_safety(dialogue, route.to):
                for question, codes in _read(route.when):
                    if question in dialogue.nodes:
                        labels = labels_of(dialogue.nodes[question])
                        found.setdefault(labels, set()).update(codes)
    return found


def _asks_about_safety(dialogue: Dialogue, to: str) -> bool:
    """Whether ``to`` is such a question, or only says something before one comes."""
    node = dialogue.nodes[to]
    if isinstance(node, Statement):
        return any(_asks_about_safety(dialogue, route.to) for route in node.routes)
    return isinstance(node, Question) and node.section == SAFETY


def _read(when: Condition) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The questions that ``when`` reads, with the codes that make it true."""
    match when:
        case OneOf(question, codes):
            yield question, codes
        case All(conditions) | Any(conditions):
            for each in conditions:
                yield from _read(each)
        case _:
            return
