"""What someone sees: the message for the node, or the engine's screen, that is on top now.

Drawing is a pure function of the conversation, so a screen that was lost, or left for another,
can be drawn again at any time and looks the same.
"""

from typing import assert_never

from bot.dialogue import naming_screens
from bot.dialogue.conversation import (
    Button,
    Conversation,
    Part,
    Piece,
    Quote,
    Say,
    Skipped,
    Text,
)
from bot.dialogue.phrases import Rows, button, line, word
from bot.dialogue.summary import Item, asked_of, items, person_line, shown
from bot.dialogue.tree import (
    ENGINE,
    Asking,
    Choice,
    Choices,
    Contact,
    Dialogue,
    Ending,
    HandOver,
    Naming,
    Number,
    People,
    Question,
    Review,
    TeamChoice,
    Waiting,
    Words,
)
from bot.dialogue.walk import Walk, answer_of, walk

ITEMS_IN_A_ROW = 5


def draw(dialogue: Dialogue, conversation: Conversation) -> Say:
    """The screen on top, drawn for the turn it is in."""
    way = walk(dialogue, conversation)
    node = dialogue.nodes[conversation.at]
    assert isinstance(node, Waiting)  # noqa: S101 - advance() stops at nodes that wait only
    match conversation.screen:
        case "question":
            return _question(dialogue, conversation, way, node)
        case "item" if isinstance(node, Review):
            return _item(dialogue, conversation, way)
        case "person" | "rename" if isinstance(node, Naming):
            parts, rows = naming_screens.looked_at(conversation, node)
            row = control_row(way, conversation)
            return Say(parts, conversation.turn, (*rows, row), asks=True)
        case _:
            return _over(dialogue, conversation, way, node)


def control_row(way: Walk, conversation: Conversation) -> tuple[Button, ...]:
    """The one row under everything: back, help, leave, and the rest."""
    row = (button("help", "-help"), button("leave", "-leave"), button("menu", "-menu"))
    if earlier(way, conversation) is None:
        return row
    return (button("back", "-back"), *row)


def earlier(way: Walk, conversation: Conversation) -> Waiting | None:
    """The question before this one that can still be changed, or None."""
    place = way.place_of(conversation.at)
    before = way.path[way.sent : place] if place else ()
    passed = [node for node in before if not isinstance(node, TeamChoice | HandOver)]
    return passed[-1] if passed else None


def can_skip(node: Waiting) -> bool:
    """Whether ``node`` may be passed over."""
    return isinstance(node, Question) and not isinstance(node, TeamChoice) and node.skip


# --- Questions ----------------------------------------------------------------------------------


def _question(dialogue: Dialogue, conversation: Conversation, way: Walk, node: Waiting) -> Say:
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
            parts += _before(conversation, node)
            rows = _answers(dialogue, conversation, node)
            parts += _length(dialogue, node)
        case Review():
            listed = items(dialogue, conversation)
            parts += [part for n, item in enumerate(listed, 1) for part in _listed(n, item)]
            parts.append(line("review_how" if listed else "review_empty"))
            rows = _numbers(listed)
        case HandOver():
            rows = (
                (Button(Text(f"{node.context}/send"), "send"),),
                (Button(Text(f"{node.context}/keep"), "keep"),),
            )
        case Ending():
            rows = ((button("again", "-again"),),)
        case _:
            assert_never(node)
    return Say(
        tuple(parts),
        conversation.turn,
        (*rows, control_row(way, conversation)),
        asks=True,
        phone="ask" if isinstance(node, Contact) and node.of == "phone" else None,
    )


def _answers(dialogue: Dialogue, conversation: Conversation, node: Asking) -> Rows:
    rows: list[tuple[Button, ...]] = []
    match node:
        case Choice():
            rows = [(_choice(node, code),) for code in node.codes]
        case Choices():
            ticked = conversation.ticked
            rows = [(_choice(node, code, ticked=code in ticked),) for code in node.codes]
            rows.append((button("done", "-done"),))
        case TeamChoice():
            offered = [p for p in dialogue.around.teams if p.team in conversation.ticked]
            rows = [(Button(Quote(place.name), f"-team.{place.team}"),) for place in offered]
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
    elif answer_of(conversation, node) is not None:
        rows.append((button("keep_answer", "-on"),))
    elif isinstance(node, Words | Number | Contact | Naming | People) and node.skip:
        rows.append((button("skip", "-skip"),))
    return tuple(rows)


def _writing(conversation: Conversation, node: Asking) -> bool:
    if isinstance(node, Naming):
        return bool(conversation.people_of(node.id))
    return isinstance(node, Words) and bool(conversation.draft)


def _choice(node: Choice | Choices, code: str, *, ticked: bool | None = None) -> Button:
    label: Piece = Text(f"{node.context}/choices/{code}")
    if ticked is not None:
        label = word(
            "ticked" if ticked else "unticked", keuze=Text(f"{node.context}/choices/{code}")
        )
    return Button(label, code, ticked=bool(ticked))


def _before(conversation: Conversation, node: Asking) -> list[Part]:
    """What was answered here before, or written so far."""
    if isinstance(node, Naming) and conversation.people_of(node.id):
        return [naming_screens.so_far(conversation.people_of(node.id)), line("circle_change_how")]
    if _writing(conversation, node):
        return [line("draft_kept")]
    answer = conversation.answer_to(node.id)
    if answer is None or isinstance(answer, Skipped):
        return []
    pieces = shown(node.context, answer)
    return [line("answered_before"), *(Part((piece,), "quote") for piece in pieces)]


def _length(dialogue: Dialogue, node: Asking) -> list[Part]:
    ahead = dialogue.ahead.get(node.id, 0)
    if node.section is None or ahead == 0:
        return []
    return [Part((Text(f"{ENGINE}/ahead", {"aantal": ahead}, count=ahead),), "small")]


def _listed(number: int, item: Item) -> list[Part]:
    heading = Part((Quote(f"{number}. "), Text(f"{item.context}/short")), "heading")
    if item.left_out:
        return [heading, line("left_out")]
    if item.circle is not None:
        return [heading, *(Part((person_line(one),), "quote") for one in item.circle.people)]
    return [heading, *(Part((piece,), "quote") for piece in shown(item.context, item.answer))]


def _numbers(listed: tuple[Item, ...]) -> Rows:
    buttons = [
        Button(word("item", nummer=number), f"-item.{number}")
        for number in range(1, len(listed) + 1)
    ]
    starts = range(0, len(buttons), ITEMS_IN_A_ROW)
    rows = tuple(tuple(buttons[start : start + ITEMS_IN_A_ROW]) for start in starts)
    return (*rows, (button("all_right", "-agree"),))


def _item(dialogue: Dialogue, conversation: Conversation, way: Walk) -> Say:
    listed = items(dialogue, conversation)
    found = [(n, item) for n, item in enumerate(listed, 1) if item.question == conversation.item]
    parts: tuple[Part, ...] = (line("item_gone"),)
    rows: Rows = ((button("go_on", "-on"),),)
    if found:
        parts = (*_listed(*found[0]), line("item_how"))
        out = button("put_back", "-omit") if found[0][1].left_out else button("omit", "-omit")
        rows = ((button("keep", "-keep"),), (button("change", "-change"),))
        rows += _marks(dialogue, conversation, found[0][1])
        rows += ((out,),)
    return Say(parts, conversation.turn, (*rows, control_row(way, conversation)), asks=True)


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
            parts, rows = [line("menu_title")], (*_menu(dialogue, node), *go_on)
        case "help":
            parts, rows = _help(dialogue), go_on
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
        case "question" | "item" | "person" | "rename":
            parts, rows = [line("item_gone")], go_on
        case _:
            assert_never(conversation.screen)
    return Say(tuple(parts), conversation.turn, (*rows, control_row(way, conversation)), asks=True)


def _menu(dialogue: Dialogue, node: Waiting) -> Rows:
    offered = [
        ("skip", can_skip(node)),
        ("why", isinstance(node, Question) and node.why),
        ("pause", not isinstance(node, Ending)),
        ("language", len(dialogue.around.languages) > 1),
        ("erase", True),
    ]
    return tuple((button(f"menu_{key}", f"-{key}"),) for key, is_offered in offered if is_offered)


def _pause(conversation: Conversation) -> list[Part]:
    return [line("paused"), *([line("remind_which")] if conversation.reachable else [])]


def _help(dialogue: Dialogue) -> list[Part]:
    parts = [line("help_intro")]
    for helpline in dialogue.around.helplines:
        parts.append(Part((Text(f"hulplijnen/{helpline}/name"),), "heading"))
        parts.append(Part((Text(f"hulplijnen/{helpline}/about"),)))
    return parts
