"""The circle as the page has it: what the picture needs, in the words of whoever looks."""

from collections.abc import Mapping

from bot.dialogue.circle import Circle, Person
from bot.dialogue.conversation import Text
from bot.dialogue.tree import ENGINE
from bot.handover.page import Page
from bot.handover.picture import WORDS
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


def circle_words(texts: Texts, language: str) -> Mapping[str, str]:
    """The words of the picture (``vast/picture_…``) in ``language``."""
    return {key: texts.text(Text(f"{ENGINE}/{key}"), language, {}) for key in WORDS}
