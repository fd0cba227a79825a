"""When the picture of a circle is shown, and what is said with it."""

from bot.dialogue.circle import Circle
from bot.dialogue.conversation import Conversation
from bot.dialogue.effects import Show
from bot.dialogue.message import Part, Say
from bot.dialogue.phrases import button, line
from bot.dialogue.summary import circle_of, listed, person_line
from bot.dialogue.tree import Dialogue, Naming, People, Waiting
from bot.dialogue.walk import Walk, walk


def closing(
    dialogue: Dialogue, before: Conversation, after: Conversation, node: Waiting
) -> tuple[Show, ...]:
    """The picture, when the answer to ``node`` leaves nothing to ask about its people.

    When nothing was left to ask before that either, only if the circle looks different now.
    """
    if not isinstance(node, Naming | People):
        return ()
    circle = circle_of(dialogue, after)
    if not circle.people or _asks_on(walk(dialogue, after), node):
        return ()
    way = walk(dialogue, before)
    # Names count as soon as they are typed, so what is closed by names alone looks closed before.
    was_closed = not _asks_on(way, node) and not (isinstance(node, Naming) and way.follows(node.id))
    return () if was_closed and circle == circle_of(dialogue, before) else (Show("circle"),)


def told(circle: Circle) -> tuple[Part, ...]:
    """What the picture shows, in words: a line for each person."""
    people = (Part((person_line(person),)) for person in circle.people)
    return (line("picture_here"), *people)


def later(circle: Circle) -> tuple[Part, ...]:
    """The same in words alone, when it was drawn often just now."""
    _, *people = told(circle)
    return (line("picture_later"), *people)


def short(circle: Circle) -> tuple[Part, ...]:
    """Who is in the picture, where there is no room for more."""
    names = listed([person.name for person in circle.people])
    return (line("picture_here"), line("circle_so_far", namen=names))


def lost(turn: int) -> Say:
    """What is said when nobody knows whether the picture arrived: it is not sent again unasked."""
    return Say((line("picture_lost"),), turn, ((button("menu_circle", "-circle"),),))


def _asks_on(way: Walk, node: Naming | People) -> bool:
    """Whether the open question is one about the same people."""
    names = node.of if isinstance(node, People) else node.id
    return way.open.id == names or (isinstance(way.open, People) and way.open.of == names)
