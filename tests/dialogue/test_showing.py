"""The picture of the circle is shown when everything about it was asked, and when asked for."""

import pytest
from msgspec.structs import replace

from bot.dialogue import showing
from bot.dialogue.circle import Circle, Person
from bot.dialogue.effects import Close, Effect, Show
from bot.dialogue.events import Tapped
from bot.dialogue.message import Quote, Say, Text
from bot.dialogue.tree import Choice, Ending, Naming, People, Review
from tests.dialogue.trees import Talk, to, tree

CIRCLE = tree(
    Naming(id="namen", context="p/n", section="kring", mark="important", routes=to("dichtbij")),
    People(id="dichtbij", context="p/d", of="namen", mark="near", routes=to("kracht")),
    People(id="kracht", context="p/k", of="namen", mark="gives", routes=to("wat")),
    Choice(id="wat", context="p/w", section="vraag", codes=("dit", "dat"), routes=to("kijk")),
    Review(id="kijk", context="p/r", routes=to("einde")),
    Ending(id="einde", context="p/e"),
)

NAMES_ONLY = tree(
    Naming(id="namen", context="p/n", section="kring", routes=to("wat")),
    Choice(id="wat", context="p/w", section="vraag", codes=("dit", "dat"), routes=to("einde")),
    Ending(id="einde", context="p/e"),
)


def named(*names: str) -> Talk:
    """Someone who named these people, and is asked how close they stand."""
    talk = Talk(CIRCLE)
    talk.writes(", ".join(names))
    talk.taps("-done")
    return talk


def drawn(*names: str) -> Talk:
    """Someone who told everything of these people and was shown the picture."""
    talk = named(*names)
    talk.taps("p1", "-done", "p1", "-done")
    assert talk.effects(Show)
    return talk


def kinds(talk: Talk) -> list[type[Effect]]:
    return [type(effect) for effect in talk.step.effects]


# --- By itself ----------------------------------------------------------------------------------


def test_the_picture_comes_when_the_last_question_about_people_is_answered() -> None:
    talk = named("Oma", "Ria")

    talk.taps("p1", "-done")
    assert talk.effects(Show) == []

    talk.taps("p2", "-done")
    assert talk.effects(Show) == [Show("circle")]
    assert kinds(talk) == [Close, Show, Say]


def test_the_picture_comes_when_the_last_question_about_people_is_skipped() -> None:
    talk = named("Oma")

    talk.taps("-skip", "-skip")

    assert talk.effects(Show) == [Show("circle")]


def test_the_picture_comes_after_the_names_when_nothing_is_asked_about_them() -> None:
    talk = Talk(NAMES_ONLY)
    talk.writes("Oma")

    talk.taps("-done")

    assert kinds(talk) == [Close, Show, Say]


def test_nobody_named_is_no_picture() -> None:
    for dialogue in (CIRCLE, NAMES_ONLY):
        talk = Talk(dialogue)

        talk.taps("-skip")

        assert talk.effects(Show) == []


def test_another_question_brings_no_picture() -> None:
    talk = drawn("Oma")

    talk.taps("dit")

    assert talk.effects(Show) == []


def test_an_answer_that_is_given_again_brings_no_second_picture() -> None:
    talk = drawn("Oma", "Ria")

    talk.taps("-back", "-done")
    assert talk.effects(Show) == []

    talk.taps("-back", "-on")
    assert talk.effects(Show) == []


def test_a_circle_that_changed_brings_the_picture_as_it_is_now() -> None:
    talk = drawn("Oma", "Ria")

    talk.taps("-back", "p2", "-done")

    assert talk.effects(Show) == [Show("circle")]


def test_somebody_more_brings_the_picture_after_what_is_asked_about_them() -> None:
    talk = drawn("Oma")
    talk.taps("dit", "-item.2", "-change")
    talk.writes("Ria")

    talk.taps("-done")
    assert talk.effects(Show) == []

    talk.taps("-done", "-done")
    assert talk.effects(Show) == [Show("circle")]


# --- When someone asks for it -------------------------------------------------------------------


def test_the_menu_offers_the_picture_as_soon_as_somebody_was_named() -> None:
    talk = Talk(CIRCLE)
    talk.taps("-menu")
    assert "-circle" not in talk.codes

    talk = named("Oma")
    talk.taps("-menu")
    assert "-circle" in talk.codes


def test_from_the_menu_it_comes_before_the_question_where_someone_was() -> None:
    talk = drawn("Oma")
    at = talk.conversation.at
    talk.taps("-menu", "-circle")

    assert kinds(talk) == [Close, Show, Say]
    assert (talk.conversation.at, talk.conversation.screen) == (at, "question")


def test_from_a_pause_the_talk_goes_on() -> None:
    talk = drawn("Oma")
    talk.asks("pause")
    talk.asks("menu")

    talk.taps("-circle")

    assert talk.conversation.status == "open"
    assert talk.effects(Show) == [Show("circle")]


def test_the_item_of_the_review_offers_it_and_stays_open() -> None:
    talk = drawn("Oma")
    talk.taps("dit", "-item.1")
    assert "-circle" not in talk.codes

    talk.taps("-keep", "-item.2", "-circle")

    assert talk.effects(Show) == [Show("circle")]
    assert talk.conversation.screen == "item"
    assert "-circle" in talk.codes


def test_a_circle_that_is_left_out_has_no_picture_any_more() -> None:
    talk = drawn("Oma")
    talk.taps("dit", "-item.2", "-omit", "-item.2")
    assert "-circle" not in talk.codes

    talk.asks("circle")

    assert talk.effects(Show) == []
    assert "vast/picture_none" in talk.words


def test_it_comes_again_by_any_button_that_ever_offered_it() -> None:
    talk = drawn("Oma")

    talk.happens(Tapped(1, "-circle"))

    assert talk.effects(Show) == [Show("circle")]


def test_a_chat_that_was_left_shows_no_picture_before_someone_goes_on() -> None:
    talk = drawn("Oma")
    talk.asks("leave")

    talk.asks("circle")

    assert talk.effects(Show) == []
    assert talk.conversation.screen == "resume"


# --- What is said with it -----------------------------------------------------------------------

OMA, RIA = Person("p1", "Oma", near=True, important=True), Person("p2", "Ria", asked=True)


def test_the_words_with_it_have_a_line_for_everybody() -> None:
    first, *people = showing.told(Circle((OMA, RIA)))

    assert first.pieces == (Text("vast/picture_here"),)
    told = [str(part.pieces) for part in people]
    assert [name in line for name, line in zip(("Oma", "Ria"), told, strict=True)] == [True, True]


def test_the_short_words_have_everybody_on_one_line() -> None:
    _, names = showing.short(Circle((OMA, RIA)))

    assert "Oma" in str(names)
    assert "Ria" in str(names)


def test_what_is_said_when_it_may_be_lost_has_a_button_to_ask_for_it() -> None:
    say = showing.lost(7)

    assert [key.code for row in say.rows for key in row] == ["-circle"]
    assert not any(isinstance(piece, Quote) for part in say.parts for piece in part.pieces)


@pytest.mark.parametrize("left_out", [True, False])
def test_what_is_shown_is_what_is_on_the_page(*, left_out: bool) -> None:
    talk = drawn("Oma")
    answers = talk.conversation.answers
    answers = tuple(replace(each, left_out=left_out) for each in answers)
    talk.conversation = replace(talk.conversation, answers=answers)

    talk.asks("circle")

    assert bool(talk.effects(Show)) is not left_out
