"""What stands on the screens of a review: every item, and one item with what can be done to it."""

from msgspec.structs import replace

from bot.dialogue import speaking_screens
from bot.dialogue.conversation import Conversation
from bot.dialogue.message import Button, Part, Piece, Quote, Text
from bot.dialogue.phrases import Rows, button, line, word
from bot.dialogue.summary import Item, asked_of, circle_of, items, person_line, shown
from bot.dialogue.tree import Dialogue

ITEMS_IN_A_ROW = 5


def every(listed: tuple[Item, ...]) -> list[Part]:
    """All that is sent, item by item, and what can be done with it."""
    parts = [part for n, item in enumerate(listed, 1) for part in _listed(n, item)]
    if not listed:
        parts.append(line("review_empty"))
    elif not all(item.sent for item in listed):
        parts.append(line("review_how"))
    return parts


def looked_at(dialogue: Dialogue, conversation: Conversation) -> tuple[tuple[Part, ...], Rows]:
    """One item, and what can be done with it."""
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
    return parts, rows


def sent(dialogue: Dialogue, conversation: Conversation) -> list[Part]:
    """What was handed over, as it stands on the page; nothing when nothing of it is here."""
    there = [item for item in items(dialogue, conversation) if item.sent and not item.left_out]
    return [
        part for n, item in enumerate(there, 1) for part in _listed(n, replace(item, sent=False))
    ]


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


def numbers(listed: tuple[Item, ...]) -> Rows:
    """A button for each item that was not sent yet."""
    buttons = [
        Button(word("item", nummer=number), f"-item.{number}")
        for number, item in enumerate(listed, 1)
        if not item.sent
    ]
    starts = range(0, len(buttons), ITEMS_IN_A_ROW)
    return tuple(tuple(buttons[start : start + ITEMS_IN_A_ROW]) for start in starts)


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
