"""What someone sees: the message for the node, or the engine's screen, that is on top now.

Drawing is a pure function of the conversation, so a screen that was lost, or left for another,
can be drawn again at any time and looks the same.
"""

from collections.abc import Sequence
from typing import assert_never

from bot.dialogue import (
    handed_over_screens,
    inviting_screens,
    locking_screens,
    meeting_screens,
    naming_screens,
    sharing_screens,
    speaking_screens,
)
from bot.dialogue.answers import Chosen, Skipped
from bot.dialogue.care_screen import care_screen, helpline_parts
from bot.dialogue.conversation import Conversation
from bot.dialogue.lock import has_code, is_asked, is_offered, is_shut
from bot.dialogue.message import Button, Part, Piece, Quote, Say, Text
from bot.dialogue.phrases import Rows, button, line, word
from bot.dialogue.summary import Item, asked_of, circle_of, items, person_line, shown
from bot.dialogue.table import parts as table_parts
from bot.dialogue.table import table
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
    Question,
    Review,
    TeamChoice,
    Waiting,
    Words,
    labels_of,
    shows_items,
)
from bot.dialogue.vocabulary import ENGINE
from bot.dialogue.walk import Walk, answer_of, offered, waiting, walk

ITEMS_IN_A_ROW = 5

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
            return _item(dialogue, conversation, way)
        case "person" | "rename" if isinstance(node, Naming):
            parts, rows = naming_screens.looked_at(conversation, node)
            row = control_row(way, conversation)
            return Say(parts, conversation.turn, (*rows, row), asks=True)
        case _:
            return _over(dialogue, conversation, way, node)


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


def can_skip(node: Waiting) -> bool:
    """Whether ``node`` may be passed over."""
    return isinstance(node, Question) and not isinstance(node, TeamChoice) and node.skip


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
            parts += _every(listed)
            rows = (*_numbers(listed), (button("all_right", "-agree"),))
        case HandOver():
            listed = items(dialogue, conversation) if node.shows else ()
            parts += _every(listed) if node.shows else []
            rows = (
                *_numbers(listed),
                (Button(Text(f"{node.context}/send"), "send"),),
                (Button(Text(f"{node.context}/keep"), "keep"),),
            )
        case Ending():
            rows = (*inviting_screens.at_the_end(dialogue, way), (button("again", "-again"),))
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


def _every(listed: tuple[Item, ...]) -> list[Part]:
    """All that is sent, item by item, and what can be done with it."""
    parts = [part for n, item in enumerate(listed, 1) for part in _listed(n, item)]
    if not listed:
        parts.append(line("review_empty"))
    elif not all(item.sent for item in listed):
        parts.append(line("review_how"))
    return parts


def _listed(number: int, item: Item) -> list[Part]:
    heading = Part((Quote(f"{number}. "), Text(f"{item.context}/short")), "heading")
    if item.left_out:
        return [heading, line("left_out")]
    if item.circle is not None:
        told: tuple[Piece, ...] = tuple(person_line(one) for one in item.circle.people)
    else:
        told = shown(item.labels or item.context, item.answer)
    known = [line("item_sent")] if item.sent else []
    wished = [line("talk_about_this")] if item.talk_about else []
    return [heading, *(Part((piece,), "quote") for piece in told), *wished, *known]


def _numbers(listed: tuple[Item, ...]) -> Rows:
    buttons = [
        Button(word("item", nummer=number), f"-item.{number}")
        for number, item in enumerate(listed, 1)
        if not item.sent
    ]
    starts = range(0, len(buttons), ITEMS_IN_A_ROW)
    return tuple(tuple(buttons[start : start + ITEMS_IN_A_ROW]) for start in starts)


def _item(dialogue: Dialogue, conversation: Conversation, way: Walk) -> Say:
    listed = items(dialogue, conversation)
    found = [(n, item) for n, item in enumerate(listed, 1) if item.question == conversation.item]
    parts: tuple[Part, ...] = (line("item_gone"),)
    rows: Rows = ((button("go_on", "-on"),),)
    if found:
        parts = (*_listed(*found[0]), line("item_how"))
        rows = ((button("keep", "-keep"),), (button("change", "-change"),))
        rows += _marks(dialogue, conversation, found[0][1])
        rows += speaking_screens.players(found[0][1].answer)
        if found[0][1].circle is not None and circle_of(dialogue, conversation).people:
            rows += ((button("menu_circle", "-circle"),),)
        rows += _wishes(found[0][1])
    return Say(parts, conversation.turn, (*rows, control_row(way, conversation)), asks=True)


def _wishes(item: Item) -> Rows:
    """To talk about it or not; to leave it out or put it back."""
    if item.left_out:
        return ((button("put_back", "-omit"),),)
    talk = button("talk_about_not" if item.talk_about else "talk_about", "-talk")
    return (talk,), (button("omit", "-omit"),)


def _marks(dialogue: Dialogue, conversation: Conversation, item: Item) -> Rows:
    """What was asked about everybody in a circle can be changed one question at a time."""
    asked = asked_of(dialogue, conversation, item.question)
    return tuple(
        (Button(Text(f"{node.context}/short"), f"-change.{number}"),)
        for number, node in enumerate(asked, 1)
    )


# --- The engine's own screens -------------------------------------------------------------------


def _over(dialogue: Dialogue, conversation: Conversation, way: Walk, node: Waiting) -> Say:
    go_on: Rows = ((button("go_on", "-on"),),)
    rows: Rows
    match conversation.screen:
        case "menu":
            parts, rows = [line("menu_title")], (*_menu(dialogue, conversation, node), *go_on)
        case "help":
            parts, rows = help_parts(dialogue), go_on
        case "why":
            parts, rows = [Part((Text(f"{node.context}/why"),))], go_on
        case "language":
            parts = [line("language_which")]
            offered = dialogue.around.languages
            rows = tuple((Button(Quote(name), f"-lang.{code}"),) for code, name in offered)
            rows += go_on
        case "pause":
            parts, rows = _pause(conversation), go_on
            if conversation.reachable:
                days = (button("remind_tomorrow", "-remind.1"), button("remind_week", "-remind.7"))
                rows = (days, *go_on)
        case "reminded":
            parts, rows = [line("remind_set")], go_on
        case "erase":
            parts = [line("erase_sure")]
            rows = ((button("erase_yes", "-erase.yes"),), (button("erase_no", "-on"),))
        case "resume":
            parts = [line("resume_done" if conversation.status == "done" else "resume")]
            rows = (*go_on, (button("again", "-again"),))
        case _:
            parts, rows = _elsewhere(dialogue, conversation)
    return Say(tuple(parts), conversation.turn, (*rows, control_row(way, conversation)), asks=True)


def _elsewhere(dialogue: Dialogue, conversation: Conversation) -> tuple[list[Part], Rows]:
    """The screens that have a module of their own; any other is that of something that went."""
    match conversation.screen:
        case "table" if found := table(dialogue, conversation):
            return list(table_parts(found)), ((button("go_on", "-on"),),)
        case "invite" | "invited":
            return inviting_screens.screen(dialogue, conversation)
        case "care":
            return care_screen(dialogue, conversation)
        case "heard" if conversation.heard:
            return speaking_screens.asked(conversation)
        case "page" | "withdraw" | "write" | "mine":
            return handed_over_screens.drawn(conversation)
        case "code" | "code_again" | "locked":
            return locking_screens.drawn(dialogue, conversation)
        case "meeting":
            return meeting_screens.drawn(dialogue, conversation)
        case "shares" | "share" | "share_sure" | "share_back" | "share_look":
            return sharing_screens.drawn(dialogue, conversation)
        case _:
            return [line("item_gone")], ((button("go_on", "-on"),),)


def _menu(dialogue: Dialogue, conversation: Conversation, node: Waiting) -> Rows:
    offered = [
        ("skip", can_skip(node)),
        ("why", isinstance(node, Question) and node.why),
        ("pause", not isinstance(node, Ending)),
        ("circle", bool(circle_of(dialogue, conversation).people)),
        ("page", conversation.given),
        ("write", conversation.given),
        ("table", table(dialogue, conversation) is not None),
        ("invite", bool(dialogue.around.voices)),
        ("shares", conversation.with_others),
        ("language", len(dialogue.around.languages) > 1),
        ("mine", True),
        ("erase", True),
    ]
    rows = [(button(f"menu_{key}", f"-{key}"),) for key, is_offered in offered if is_offered]
    if has_code(conversation) or is_asked(dialogue, conversation):
        name = "menu_code_change" if has_code(conversation) else "menu_code"
        rows.insert(-1, (button(name, "-code"),))
    return tuple(rows)


def _pause(conversation: Conversation) -> list[Part]:
    return [line("paused"), *([line("remind_which")] if conversation.reachable else [])]


def help_parts(dialogue: Dialogue) -> list[Part]:
    """Whom someone can call now."""
    return [line("help_intro"), *helpline_parts(dialogue.around.helplines)]
