"""The circle as the page has it: what a drawing needs, in the words of whoever looks."""

from collections.abc import Mapping

from msgspec.structs import replace

from bot.dialogue.circle import Circle, Person
from bot.dialogue.message import Text
from bot.dialogue.vocabulary import ENGINE
from bot.handover.cards import MARKS
from bot.handover.in_words import WORDS
from bot.handover.page import Page
from bot.texts import Texts


def circle_on(page: Page) -> Circle:
    """Everybody in the circle of ``page``, in the order in which they were named."""
    return Circle(
        tuple(
            Person(
                f"p{number}",
                person.name,
                person.near,
                person.gives,
                person.costs,
                person.important,
                person.thinks_along,
                person.asked,
            )
            for number, person in enumerate(page.circle, 1)
        )
    )


def circles_on(page: Page) -> tuple[tuple[str, Circle], ...]:
    """The circle of each voice that named somebody, apart, after the label of that voice."""
    voices = dict.fromkeys(person.voice for person in page.circle)
    return tuple(
        (voice, circle_on(replace(page, circle=tuple(p for p in page.circle if p.voice == voice))))
        for voice in voices
    )


def circle_words(texts: Texts, language: str) -> Mapping[str, str]:
    """The words of the picture (``vast/picture_…``) in ``language``."""
    return {key: texts.text(Text(f"{ENGINE}/{key}"), language, {}) for key in WORDS}


def paper_words(texts: Texts, language: str) -> Mapping[str, str]:
    """Those words for a drawing beside the list of people: a mark is called what it is there."""
    listed = {
        f"picture_{mark}": texts.text(Text(f"{ENGINE}/circle_{mark}"), language, {})
        for mark in MARKS
    }
    return {**circle_words(texts, language), **listed}
