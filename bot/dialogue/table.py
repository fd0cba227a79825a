"""What helps a family to bring people together itself: made from its own answers alone.

Families may first make a plan of their own, with the people around them (*familiegroepsplan*,
Jeugdwet 2.1). Nothing is sent by us: the words to invite someone with are theirs to send, and hold
nobody's name and nothing of what was told.
"""

from msgspec import Struct

from bot.dialogue.answers import Worded
from bot.dialogue.circle import Person
from bot.dialogue.conversation import Conversation
from bot.dialogue.message import Part, Quote, Text
from bot.dialogue.phrases import line, word
from bot.dialogue.summary import circle_of, items, named
from bot.dialogue.tree import Dialogue

ABOUT = ("vraag", "eigen_woorden")
HOPES = ("hoop",)
"""The sections whose own words say what it is about, and what someone hopes."""

QUESTIONS = ("table_ask_1", "table_ask_2", "table_ask_3", "table_ask_4")
"""What to talk about; source: the factsheet *Familiegroepsplan* (domain notes, 4.6)."""


class Table(Struct, frozen=True):
    """Whom to ask, what it is about and what is hoped, in someone's own words."""

    people: tuple[Person, ...]
    about: tuple[str, ...]
    hopes: tuple[str, ...]

    def __repr__(self) -> str:
        return f"Table({len(self.people)} people)"


def table(dialogue: Dialogue, conversation: Conversation) -> Table | None:
    """What there is to bring along; None while nobody was named and nothing told."""
    people = circle_of(dialogue, conversation).people
    asked = tuple(one for one in people if one.thinks_along)
    asked += tuple(one for one in people if one.important and not one.thinks_along)
    found = Table(
        asked or tuple(one for one in people if not one.costs),
        _own_words(dialogue, conversation, ABOUT),
        _own_words(dialogue, conversation, HOPES),
    )
    return found if found.people or found.about else None


def parts(found: Table) -> tuple[Part, ...]:
    """The same as a message, with the words to invite someone with."""
    told = [_heading("table_who"), *(Part((who(one),)) for one in found.people)]
    if not found.people:
        told.append(line("table_nobody"))
    for key, words in (("table_about", found.about), ("table_hope", found.hopes)):
        if words:
            told += [_heading(key), *(Part((Quote(said),), "quote") for said in words)]
    told += [_heading("table_when"), line("table_blank")]
    told += [_heading("table_ask"), *(line(key) for key in QUESTIONS)]
    told += [_heading("table_text"), Part((word("table_invite"),), "quote")]
    return (line("table_intro"), *told)


def who(person: Person) -> Text:
    """Someone to ask, with what is good to know of them: never that they cost anything."""
    known: list[Text] = []
    if person.thinks_along:
        known.append(word("circle_thinks_along"))
    elif person.important:
        known.append(word("circle_important"))
    if person.asked is not None:
        known.append(word("circle_asked" if person.asked else "circle_not_asked"))
    return named(person.name, known)


def _heading(key: str) -> Part:
    return Part((word(key),), "heading")


def _own_words(
    dialogue: Dialogue, conversation: Conversation, sections: tuple[str, ...]
) -> tuple[str, ...]:
    return tuple(
        item.answer.words
        for item in items(dialogue, conversation)
        if item.section in sections and isinstance(item.answer, Worded)
    )
