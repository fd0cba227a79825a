"""The people around a family, as the page tells of them."""

import json

from bot.dialogue.answers import Named
from bot.dialogue.answers import Person as Name
from bot.dialogue.circle import Circle, Person
from bot.dialogue.summary import Item, Summary
from bot.dialogue.vocabulary import MARKS
from bot.handover.circle_page import circle_on, circle_words
from bot.handover.in_words import alternative
from bot.handover.making import make_page
from bot.handover.page import Page, as_json, decode
from bot.handover.plain import as_text
from tests.world import NOW, library

OMA = Person(
    "p1",
    "Oma",
    near=True,
    gives=True,
    costs=False,
    important=True,
    thinks_along=True,
    asked=False,
)
MAMA = Person("p2", "أمي", near=False, costs=True, asked=True)


def a_page(*people: Person, language: str = "en") -> Page:
    books = library()
    named = Named(tuple(Name(person.id, person.name) for person in people))
    context = "bouwstenen/kring/namen"
    item = Item("kring/namen", context, "kring", named, circle=Circle(people))
    return make_page(
        Summary("ouder", language, (item,)),
        books.texts,
        books.teams["linde"],
        NOW,
        code="Beuk-4F72",
        values=books.values("linde", "nl"),
    )


def test_everybody_has_a_line_with_all_that_was_told_of_them_in_dutch() -> None:
    text = as_text(a_page(OMA, MAMA))

    assert "Wie het belangrijk vindt dat het goed gaat:\n" in text
    assert (
        "  Oma: heel dichtbij, geeft kracht, vindt het belangrijk, wil meedenken,"
        " nog niet gevraagd\n"
    ) in text


def test_a_name_does_not_turn_the_line_around_it() -> None:
    text = as_text(a_page(MAMA))

    assert "\u2068أمي\u2069: wat verder weg, kost kracht, al gevraagd" in text


def test_nothing_is_said_of_what_was_skipped_or_never_came() -> None:
    page = a_page(Person("p1", "Oma"), Person("p2", "Piet", important=True))

    text = as_text(page)
    (oma, _) = json.loads(as_json(page))["circle"]
    drawn = alternative(circle_on(page), circle_words(library().texts, "nl"))

    assert "\n  Oma\n  Piet: vindt het belangrijk\n" in text
    assert {oma[mark] for mark in MARKS} == {None}
    assert "nog niet gevraagd" not in text + drawn


def test_json_has_everybody_with_their_marks_and_no_number_of_ours() -> None:
    page = a_page(OMA, MAMA)

    shape = json.loads(as_json(page))

    assert shape["circle"] == [
        {
            "name": "Oma",
            "near": True,
            "gives": True,
            "costs": False,
            "important": True,
            "thinks_along": True,
            "asked": False,
            "voice": "ouder",
        },
        {
            "name": "أمي",
            "near": False,
            "gives": None,
            "costs": True,
            "important": None,
            "thinks_along": None,
            "asked": True,
            "voice": "ouder",
        },
    ]
    assert decode(as_json(page)) == page
    assert "Oma" not in repr(page)


def test_a_page_from_before_there_were_circles_is_still_read() -> None:
    shape = json.loads(as_json(a_page()))
    del shape["circle"]

    assert decode(json.dumps(shape).encode()).circle == ()
