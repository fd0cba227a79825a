"""How a conversation moves: from a screen that is closed to the next one that is shown."""

from collections.abc import Iterable

from msgspec.structs import replace

from bot.dialogue import showing
from bot.dialogue.answers import YES, Answer, Chosen, Reached
from bot.dialogue.conversation import Conversation, Screen
from bot.dialogue.effects import Begin, Close, Effect, Step
from bot.dialogue.keeping import put
from bot.dialogue.message import Part, Piece, Say, Text
from bot.dialogue.nearby import Remark, parts
from bot.dialogue.phrases import line
from bot.dialogue.screens import draw
from bot.dialogue.tree import (
    Choices,
    Contact,
    Dialogue,
    Elsewhere,
    Ending,
    People,
    Waiting,
    shows_items,
)
from bot.dialogue.walk import walk


def begin(dialogue: Dialogue, conversation: Conversation) -> Step:
    """Show the first question, and what is said before it."""
    way = walk(dialogue, conversation)
    after = go_to(conversation, way.open)
    after = replace(after, turn=conversation.turn + 1)
    said = statements(way.said, after.turn)
    return Step(after, (*_closing(dialogue, conversation), *said, _screen(dialogue, after)))


def repeat(dialogue: Dialogue, conversation: Conversation, *lines: Part) -> Step:
    """Nothing changed: the same screen again, after ``lines`` that say why."""
    same = Step(conversation, (_screen(dialogue, conversation),))
    return told(same, *lines) if lines else same


def told(step: Step, *lines: Part) -> Step:
    """The same step; its last message says ``lines`` first."""
    *others, last = step.effects
    if isinstance(last, Begin):  # the message that asks is in the dialogue that begins
        effects = (*others, Say(lines, step.conversation.turn), last)
        return replace(step, effects=effects)
    assert isinstance(last, Say)  # noqa: S101 - a shown screen ends with the message that asks
    return replace(step, effects=(*others, replace(last, parts=(*lines, *last.parts))))


def elsewhere(conversation: Conversation, dialogue: Dialogue) -> Conversation:
    """The same voice about to begin ``dialogue``: the next event shows its first screen.

    Where it is, in which language and of which team it stays; the turn goes on.
    """
    return replace(
        conversation,
        dialogue=dialogue.name,
        revision=dialogue.revision,
        status="open",
        turn=conversation.turn - 1,  # what was said in this turn and that screen belong together
        at="",
        screen="question",
        item=None,
        answers=(),
        draft=(),
        ticked=(),
    )


def paused(conversation: Conversation) -> Conversation:
    """Put by until someone comes back."""
    return replace(conversation, status="paused", screen="pause")


def over(dialogue: Dialogue, conversation: Conversation, screen: Screen) -> Step:
    """One of the engine's own screens comes on top; the question stays where it is."""
    return show(dialogue, conversation, replace(conversation, screen=screen))


def show(
    dialogue: Dialogue,
    before: Conversation,
    after: Conversation,
    *first: Effect,
    shown: tuple[Piece, ...] = (),
) -> Step:
    """The screen of ``after`` takes the place of that of ``before``, in a new turn."""
    after = replace(after, turn=before.turn + 1)
    closing = _closing(dialogue, before, shown)
    return Step(after, (*closing, *first, _screen(dialogue, after)))


def answer(
    dialogue: Dialogue,
    conversation: Conversation,
    node: Waiting,
    given: Answer,
    shown: tuple[Piece, ...],
    *first: Effect,
) -> Step:
    """``node`` is answered: on to the first question that is open now."""
    after = put(dialogue, conversation, node.id, given)
    return onward(dialogue, conversation, after, node, shown, *first)


def onward(
    dialogue: Dialogue,
    conversation: Conversation,
    after: Conversation,
    node: Waiting,
    shown: tuple[Piece, ...],
    *first: Effect,
) -> Step:
    """From ``node``, answered in ``after``, on to the first question that is open now."""
    way = walk(dialogue, after)
    after = go_to(after, way.open)
    turn = conversation.turn + 1
    effects = [*showing.closing(dialogue, conversation, after, node), *first]
    if isinstance(node, Contact) and node.of == "phone":
        is_given = isinstance(after.answer_to(node.id), Reached)
        noted = line("noted" if is_given else "not_noted")
        effects.append(Say((noted,), turn, phone="done"))
    if way.follows(node.id):
        effects += statements(way.said, turn)
    return show(dialogue, conversation, after, *effects, shown=shown)


def go_to(conversation: Conversation, node: Waiting) -> Conversation:
    """``node`` is the question on top, with what was ticked there before."""
    return replace(
        conversation,
        at=node.id,
        status="done" if isinstance(node, Ending) else "open",
        screen="question",
        item=None,
        invited=None,
        invitation=None,
        draft=(),
        ticked=_ticked_before(conversation, node),
    )


def _ticked_before(conversation: Conversation, node: Waiting) -> tuple[str, ...]:
    if isinstance(node, People):
        people = conversation.people_of(node.of)
        yes = Chosen((YES,))
        return tuple(one.id for one in people if conversation.answer_to(node.id, one.id) == yes)
    earlier = conversation.answer_to(node.id)
    return earlier.codes if isinstance(node, Choices) and isinstance(earlier, Chosen) else ()


def statements(said: Iterable[Remark], turn: int) -> list[Say]:
    """What is said on the way to the next question, a message each."""
    return [Say(parts(each), turn) for each in said if not each.silent]


def _screen(dialogue: Dialogue, conversation: Conversation) -> Say | Begin:
    """What is on top; at the door of another dialogue, that dialogue."""
    node = dialogue.nodes[conversation.at]
    if isinstance(node, Elsewhere) and conversation.screen == "question":
        return Begin(node.dialogue)
    return draw(dialogue, conversation)


def _closing(
    dialogue: Dialogue, before: Conversation, shown: tuple[Piece, ...] = ()
) -> tuple[Close, ...]:
    if before.turn == 0 or not before.at:
        return ()
    node = dialogue.nodes[before.at]
    is_kept = shows_items(node) or isinstance(node, Ending | Elsewhere)
    if before.screen != "question" or is_kept:
        return (Close(before.turn, (), shown),)
    return (Close(before.turn, (Part((Text(f"{node.context}/text"),), "question"),), shown),)
