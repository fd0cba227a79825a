"""What someone sees: the message for the node, or the engine's screen, that is on top now.

Drawing is a pure function of the conversation, so a screen that was lost, or left for another,
can be drawn again at any time and looks the same.
"""

from collections.abc import Sequence
from typing import assert_never

from bot.dialogue import (
    inviting_screens,
    naming_screens,
    own_screens,
    review_screens,
    speaking_screens,
)
from bot.dialogue.answers import Chosen, Skipped
from bot.dialogue.conversation import Conversation
from bot.dialogue.fitting import answer_of, offered
from bot.dialogue.lock import is_offered, is_shut
from bot.dialogue.message import Button, Part, Quote, Say, Text
from bot.dialogue.phrases import Rows, button, line, word
from bot.dialogue.summary import items, shown
from bot.dialogue.tree import (
    Asking,
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
    Pictures,
    Review,
    TeamChoice,
    Waiting,
    Words,
    labels_of,
    shows_items,
)
from bot.dialogue.vocabulary import ENGINE
from bot.dialogue.walk import Walk, waiting, walk

PICTURES_IN_A_ROW = 4
"""More pictures than this stand in two rows; a telephone shows no more beside each other."""


def draw(dialogue: Dialogue, conversation: Conversation) -> Say:
    """The screen on top, drawn for the turn it is in."""
    way = walk(dialogue, conversation)
    node = waiting(dialogue, conversation)
    match conversation.screen:
        case "question" if not isinstance(node, Elsewhere):
            return _question(dialogue, conversation, way, node)
        case "item" if shows_items(node):
            parts, rows = review_screens.looked_at(dialogue, conversation)
        case "person" | "rename" if isinstance(node, Naming):
            parts, rows = naming_screens.looked_at(conversation, node)
        case _:
            parts, rows = own_screens.drawn(dialogue, conversation, node)
    return Say(parts, conversation.turn, (*rows, control_row(way, conversation)), asks=True)


def control_row(way: Walk, conversation: Conversation) -> tuple[Button, ...]:
    """The one row under everything: back, help, leave, and the rest; when it is shut, no more than
    what still works."""
    if is_shut(conversation):
        return button("help", "-help"), button("leave", "-leave")
    row = (button("help", "-help"), button("leave", "-leave"), button("menu", "-menu"))
    if earlier(way, conversation) is None:
        return row
    return (button("back", "-back"), *row)


def earlier(way: Walk, conversation: Conversation) -> Waiting | None:
    """The question before this one that can still be changed, or None."""
    place = way.place_of(conversation.at)
    before = way.path[way.sent : place] if place else ()
    passed = [
        node for node in before if shows_items(node) or not isinstance(node, TeamChoice | HandOver)
    ]
    return passed[-1] if passed else None


# --- Questions ----------------------------------------------------------------------------------


def _question(
    dialogue: Dialogue,
    conversation: Conversation,
    way: Walk,
    node: Asking | Review | HandOver | Ending,
) -> Say:
    parts = [Part((Text(f"{node.context}/text"),), "question")]
    rows: Rows
    match node:
        case (
            Choice()
            | Choices()
            | Words()
            | Number()
            | Contact()
            | TeamChoice()
            | Naming()
            | People()
        ):
            parts += _before(conversation, way, node)
            rows = _answers(dialogue, conversation, way, node)
            parts += speaking_screens.may_speak(conversation, way, node)
            parts += _length(dialogue, node)
        case Review():
            listed = items(dialogue, conversation)
            parts += review_screens.every(listed)
            rows = (*review_screens.numbers(listed), (button("all_right", "-agree"),))
        case HandOver():
            listed = items(dialogue, conversation) if node.shows else ()
            parts += review_screens.every(listed) if node.shows else []
            rows = (
                *review_screens.numbers(listed),
                (Button(Text(f"{node.context}/send"), "send"),),
                (Button(Text(f"{node.context}/keep"), "keep"),),
            )
        case Ending():
            write: Rows = ((button("menu_write", "-write"),),) if conversation.given else ()
            invite = inviting_screens.at_the_end(dialogue, way)
            rows = (*write, *invite, (button("again", "-again"),))
        case _:
            assert_never(node)
    if is_offered(conversation):
        parts.append(Part((word("code_offer"),), "small"))
        rows = (*rows, (button("menu_code", "-code"),))
    return Say(
        tuple(parts),
        conversation.turn,
        (*rows, control_row(way, conversation)),
        asks=True,
        phone="ask" if isinstance(node, Contact) and node.of == "phone" else None,
        aloud=isinstance(node, Words),
    )


def _answers(dialogue: Dialogue, conversation: Conversation, way: Walk, node: Asking) -> Rows:
    rows: list[tuple[Button, ...]] = []
    match node:
        case Pictures():
            rows = list(side_by_side([_choice(node, code) for code in node.codes]))
        case Choice():
            rows = [(_choice(node, code),) for code in node.codes]
        case Choices():
            ticked, codes = conversation.ticked, offered(node, way.live)
            rows = [(_choice(node, code, ticked=code in ticked),) for code in codes]
            rows.append((button("done", "-done"),))
        case TeamChoice():
            found = [p for p in dialogue.around.teams if p.team in conversation.ticked]
            rows = [(Button(Quote(place.name), f"-team.{place.team}"),) for place in found]
        case Naming():
            rows = list(naming_screens.name_rows(conversation.people_of(node.id)))
        case People():
            rows = list(naming_screens.boxes(conversation, node))
            rows.append((button("done", "-done"),))
        case Words() | Number() | Contact():
            pass
        case _:
            assert_never(node)
    if _writing(conversation, node):
        rows.append((button("done", "-done"),))
    elif _answered(conversation, way, node):
        rows.append((button("keep_answer", "-on"),))
    elif isinstance(node, Pictures | Words | Number | Contact | Naming | People) and node.skip:
        rows.append((button("skip", "-skip"),))
    return tuple(rows)


def side_by_side(pictures: Sequence[Button]) -> Rows:
    """All of them in one row, or in two rows that are as long, when there are many."""
    if len(pictures) <= PICTURES_IN_A_ROW:
        return (tuple(pictures),)
    half = (len(pictures) + 1) // 2
    return tuple(pictures[:half]), tuple(pictures[half:])


def _answered(conversation: Conversation, way: Walk, node: Asking) -> bool:
    answer = answer_of(conversation, node, way.live)
    return answer is not None and answer != Chosen(())


def _writing(conversation: Conversation, node: Asking) -> bool:
    if isinstance(node, Naming):
        return bool(conversation.people_of(node.id))
    return isinstance(node, Words) and bool(conversation.draft)


def _choice(node: Choice | Choices, code: str, *, ticked: bool | None = None) -> Button:
    label = Text(f"{labels_of(node)}/choices/{code}")
    if ticked is not None:
        label = word("ticked" if ticked else "unticked", keuze=label)
    return Button(label, code, ticked=bool(ticked))


def _before(conversation: Conversation, way: Walk, node: Asking) -> list[Part]:
    """What was answered here before, or written so far."""
    if isinstance(node, Naming) and conversation.people_of(node.id):
        return [naming_screens.so_far(conversation.people_of(node.id)), line("circle_change_how")]
    if _writing(conversation, node):
        return [line("draft_kept")]
    answer = None if isinstance(node, People) else answer_of(conversation, node, way.live)
    if answer is None or isinstance(answer, Skipped) or answer == Chosen(()):
        return []
    pieces = shown(labels_of(node), answer)
    return [line("answered_before"), *(Part((piece,), "quote") for piece in pieces)]


def _length(dialogue: Dialogue, node: Asking) -> list[Part]:
    ahead = dialogue.ahead.get(node.id, 0)
    if node.section is None or ahead == 0:
        return []
    return [Part((Text(f"{ENGINE}/ahead", {"aantal": ahead}, count=ahead),), "small")]
