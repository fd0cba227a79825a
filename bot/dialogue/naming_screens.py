"""What someone sees of the people they named: who they are so far, and boxes to tick."""

from bot.dialogue.answers import Person
from bot.dialogue.conversation import Conversation
from bot.dialogue.message import Button, Part, Quote
from bot.dialogue.phrases import Rows, button, line, word
from bot.dialogue.summary import listed
from bot.dialogue.tree import Naming, People

NAMES_BELOW_EACH_OTHER = 8
"""So many names have a row each; more stand two by two."""

PROMPTS = 9
"""Fixed words ``circle_prompt_1`` and on: where else to look for people."""


def so_far(people: tuple[Person, ...]) -> Part:
    """Everybody who was named."""
    return line("circle_so_far", namen=listed([person.name for person in people]))


def prompt(messages: int) -> Part:
    """Where else to look, after so many messages with names: each time somewhere else."""
    return line(f"circle_prompt_{(messages - 1) % PROMPTS + 1}")


def name_rows(people: tuple[Person, ...]) -> Rows:
    """A button for each name, to change it or take it away."""
    return _rows(
        [
            Button(word("circle_named", naam=person.name), f"-person.{person.id}")
            for person in people
        ]
    )


def boxes(conversation: Conversation, node: People) -> Rows:
    """A box to tick for each name."""
    people = conversation.people_of(node.of)
    ticked = conversation.ticked
    return _rows([_box(person, ticked=person.id in ticked) for person in people])


def _box(person: Person, *, ticked: bool) -> Button:
    label = word("ticked" if ticked else "unticked", keuze=person.name)
    return Button(label, person.id, ticked=ticked)


def _rows(buttons: list[Button]) -> Rows:
    wide = 1 if len(buttons) <= NAMES_BELOW_EACH_OTHER else 2
    starts = range(0, len(buttons), wide)
    return tuple(tuple(buttons[start : start + wide]) for start in starts)


def looked_at(conversation: Conversation, node: Naming) -> tuple[tuple[Part, ...], Rows]:
    """The screen of one person, or the one that asks for their new name."""
    people = conversation.people_of(node.id)
    found = next((person for person in people if person.id == conversation.item), None)
    keep = (button("keep", "-keep"),)
    rows: Rows
    parts: tuple[Part, ...]
    if found is None:
        parts, rows = (line("item_gone"),), ((button("go_on", "-on"),),)
    elif conversation.screen == "rename":
        parts, rows = (line("circle_rename", naam=found.name),), (keep,)
    else:
        rename, remove = button("circle_change", "-rename"), button("circle_remove", "-remove")
        parts = (Part((Quote(found.name),), "heading"), line("item_how"))
        rows = ((rename,), (remove,), keep)
    return parts, rows
