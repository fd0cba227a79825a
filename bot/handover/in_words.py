"""Says in words what the picture of a circle shows."""

from collections.abc import Iterator, Mapping

from bot.dialogue.circle import Circle, Person
from bot.handover import layout
from bot.handover.cards import marks_of
from bot.handover.visible import one_line
from bot.handover.writing import reads_right_to_left
from bot.wording.words import isolated

WORDS = ("picture_title", "picture_middle", "picture_nobody", *layout.WORDS)
"""The keys of all words that the picture and its alternative need."""


def alternative(circle: Circle, words: Mapping[str, str]) -> str:
    """What the picture shows, in words, on several lines, for who cannot see it.

    Names are isolated, so that each keeps its own direction in any line.
    """
    return "\n".join(_told(circle, words))


def _told(circle: Circle, words: Mapping[str, str]) -> Iterator[str]:
    comma = "، " if reads_right_to_left(words["picture_title"]) else ", "

    def told(person: Person) -> str:
        name = isolated(one_line(person.name))
        marks = comma.join(words[f"picture_{mark}"] for mark in marks_of(person))
        return f"- {name}: {marks}" if marks else f"- {name}"

    yield words["picture_title"]
    yield f"{words['picture_middle']}: {words['picture_centre']}"
    for place, near in (("picture_near", True), ("picture_far", False), ("picture_waiting", None)):
        there = [person for person in circle.people if person.near is near]
        if there:
            yield f"{words[place]}:"
            yield from map(told, there)
        elif near is not None:
            yield f"{words[place]}: {words['picture_nobody']}"
