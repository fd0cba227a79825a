"""What happens to someone whose question is no longer the one that is open.

That is so after an author's change, when a conversation goes on in another revision than the one
it was led by. Whoever is at a question that only comes later now stays there, so that their answer
counts; everybody else is taken to the first question that is open.
"""

from msgspec.structs import replace

from bot.dialogue import keeping, locking, moves
from bot.dialogue.answers import Worded
from bot.dialogue.buttons import works_however_old
from bot.dialogue.conversation import Conversation, Screen
from bot.dialogue.effects import Close, Step
from bot.dialogue.events import SWEEPING, Asked, Event, Rang, Shared, Spoke, Tapped, Wrote
from bot.dialogue.fitting import asks_nothing
from bot.dialogue.phrases import line
from bot.dialogue.tree import Dialogue, Question, TeamChoice, Waiting
from bot.dialogue.walk import waiting, walk

ABOUT_THE_QUESTION: tuple[Screen, ...] = ("question", "item", "menu", "why", "person", "rename")
"""Screens that make no sense any more when the question below them went; the others stay."""

BEEN_AWAY: tuple[Screen, ...] = (*ABOUT_THE_QUESTION, "pause", "reminded")
"""Screens after which whoever was away is asked whether they want to go on."""

TAKES_WORDS: Screen = "write"
"""The one screen of the engine's own on which words are typed that are no answer."""


def placed(dialogue: Dialogue, conversation: Conversation) -> Conversation:
    """The same conversation at a place that this dialogue has; itself when it is at one.

    What was written or ticked so far is kept as an answer.
    """
    way = walk(dialogue, conversation)
    if way.place_of(conversation.at) is not None or _comes_later(dialogue, conversation, way.open):
        return conversation
    kept = _put_by(dialogue, conversation)
    moved = moves.go_to(kept, walk(dialogue, kept).open)
    away = conversation.status in ("paused", "left")
    if conversation.screen in ABOUT_THE_QUESTION and not away:
        return moved
    asked_to_go_on = away and conversation.screen in BEEN_AWAY
    return replace(
        kept,
        at=moved.at,
        ticked=moved.ticked,
        draft=(),
        item=None,
        status=conversation.status if away else moved.status,
        screen="resume" if asked_to_go_on else conversation.screen,
    )


def shown_instead(
    dialogue: Dialogue, before: Conversation, after: Conversation, event: Event
) -> Step | None:
    """The open question, when ``event`` was meant for the one that went; None when it was not.

    ``after`` is ``before`` where it was placed.
    """
    opened = moves.go_to(after, waiting(dialogue, after))
    match event:
        case Wrote() if locking.takes_words(before):
            return None
        case Rang(kind, turn) if turn != before.turn and kind != SWEEPING:
            return Step(before)
        case Tapped(turn, code) if not works_however_old(code) and (
            turn != before.turn or before.screen in ABOUT_THE_QUESTION
        ):
            step = moves.told(moves.show(dialogue, after, after), line("old_button"))
        case Wrote() | Spoke() | Shared() if (
            before.status != "left" and before.screen != TAKES_WORDS
        ):
            step = moves.told(moves.show(dialogue, opened, opened), line("question_gone"))
        case Asked("back" | "skip" | "why") if before.status != "left":
            step = moves.show(dialogue, opened, opened)
        case _:
            return None
    return closing(before, step)


def renewed(before: Conversation, after: Conversation, event: Event) -> tuple[Conversation, Event]:
    """``after`` in a turn of its own, so that no button of the question that went fits the one
    that is open now; and ``event`` as it counts there."""
    fresh = replace(after, turn=before.turn + 1)
    if isinstance(event, Tapped | Rang) and event.turn == before.turn:
        return fresh, replace(event, turn=fresh.turn)
    return fresh, event


def closing(before: Conversation, step: Step) -> Step:
    """``step``, in which the screen of ``before`` loses its buttons and keeps its own words.

    When nothing came of it that anyone sees, everything stays as it was.
    """
    others = tuple(effect for effect in step.effects if not isinstance(effect, Close))
    if not others:
        return Step(before)
    return replace(step, effects=(Close(before.turn, ()), *others))


def _comes_later(dialogue: Dialogue, conversation: Conversation, open_: Waiting) -> bool:
    """Whether the question they are at is one that the open one leads to."""
    node = dialogue.nodes.get(conversation.at)
    told = {old.question: old.answer for old in conversation.answers if old.person is None}
    if not isinstance(node, Question) or isinstance(node, TeamChoice) or asks_nothing(node, told):
        return False
    seen: set[str] = set()
    todo = [open_.id]
    while todo:
        name = todo.pop()
        if name not in seen:
            seen.add(name)
            todo += dialogue.routes_from(dialogue.nodes[name])
    return node.id in seen


def _put_by(dialogue: Dialogue, conversation: Conversation) -> Conversation:
    if conversation.at in dialogue.nodes:
        return keeping.put_by(dialogue, conversation)
    if not conversation.draft:
        return conversation
    told = Worded(conversation.draft, conversation.language)
    return keeping.put(dialogue, conversation, conversation.at, told)
