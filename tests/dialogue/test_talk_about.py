"""An item of the page can say: here I want to talk about."""

from collections.abc import Callable

import msgspec
import pytest

from bot.dialogue.answers import Answered
from bot.dialogue.events import Edited
from bot.dialogue.message import Text
from bot.dialogue.summary import items, summarise
from tests.dialogue.trees import EVERY_KIND, FULLER, Talk

SIGN = "vast/talk_about_this"


def at_the_review() -> Talk:
    return Talk(EVERY_KIND).to_the_review()


def at_the_hand_over() -> Talk:
    return Talk(FULLER).to_the_first_page()


def wished(talk: Talk) -> list[str]:
    """What goes on the page as something to talk about."""
    summary = summarise(talk.dialogue, talk.conversation)
    return [item.question for item in summary.items if item.talk_about]


def under(talk: Talk, question: str) -> list[str]:
    """The keys of what stands in the list between the name of ``question`` and the next."""
    context = talk.dialogue.nodes[question].context
    keys: list[str] = []
    is_there = False
    for part in talk.said.parts:
        texts = [piece.key for piece in part.pieces if isinstance(piece, Text)]
        if part.role == "heading":
            is_there = texts == [f"{context}/short"]
        elif is_there:
            keys += texts
    return keys


def wishes(talk: Talk, question: str) -> None:
    talk.opens_item(question)
    talk.taps("-talk")


@pytest.mark.parametrize("start", [at_the_review, at_the_hand_over])
def test_one_tap_marks_an_item_and_the_list_says_so(start: Callable[[], Talk]) -> None:
    talk = start()

    wishes(talk, "vertel")

    assert talk.conversation.screen == "question"
    assert wished(talk) == ["vertel"]
    assert SIGN in under(talk, "vertel")
    assert SIGN not in under(talk, "zwaar")


@pytest.mark.parametrize("start", [at_the_review, at_the_hand_over])
def test_one_tap_takes_it_away_again(start: Callable[[], Talk]) -> None:
    talk = start()
    before = talk.conversation.answers
    wishes(talk, "vertel")

    talk.opens_item("vertel")
    assert {SIGN, "vast/item_how"} <= talk.words
    assert labels(talk)["-talk"] == "vast/talk_about_not"
    talk.taps("-talk")

    assert talk.conversation.answers == before
    assert SIGN not in talk.words


def labels(talk: Talk) -> dict[str, str]:
    """The words on the buttons under the last message."""
    buttons = [button for row in talk.said.rows for button in row]
    return {button.code: getattr(button.label, "key", "") for button in buttons}


def test_people_around_can_be_talked_about_too() -> None:
    talk = at_the_review()

    wishes(talk, "kring")

    assert wished(talk) == ["kring"]
    assert SIGN in under(talk, "kring")


def test_what_is_left_out_is_not_talked_about_and_comes_back_without_it() -> None:
    talk = at_the_review()
    wishes(talk, "vertel")

    talk.opens_item("vertel")
    talk.taps("-omit")
    assert SIGN not in talk.words
    assert not any(old.talk_about for old in talk.conversation.answers)

    talk.opens_item("vertel")
    assert "-talk" not in talk.codes
    talk.taps("-omit")
    assert wished(talk) == []


def test_a_button_from_elsewhere_marks_nothing_that_was_left_out() -> None:
    talk = at_the_review()
    talk.opens_item("vertel")
    talk.taps("-omit")
    talk.opens_item("vertel")
    before = talk.conversation

    talk.taps("-talk")

    assert talk.conversation == before
    assert "vast/old_button" in talk.words


def test_a_button_from_elsewhere_marks_nothing_when_no_item_is_open() -> None:
    talk = at_the_review()
    before = talk.conversation

    talk.taps("-talk")

    assert talk.conversation == before


def test_who_answers_anew_still_wants_to_talk_about_it_and_sees_so() -> None:
    talk = at_the_review()
    wishes(talk, "vertel")

    talk.opens_item("vertel")
    talk.taps("-change")
    talk.writes("Hij slaapt nu soms wel.")
    talk.taps("-done")

    assert talk.at == "nakijken"
    assert wished(talk) == ["vertel"]
    assert SIGN in under(talk, "vertel")


def test_an_edited_message_keeps_it_too() -> None:
    talk = at_the_review()
    wishes(talk, "vertel")

    talk.happens(Edited("Anders.", 2))

    assert wished(talk) == ["vertel"]


def test_what_is_passed_over_is_not_talked_about_any_more() -> None:
    talk = at_the_review()
    wishes(talk, "leeftijd")
    talk.opens_item("leeftijd")
    talk.taps("-change")
    talk.asks("skip")
    assert not any(old.talk_about for old in talk.conversation.answers)

    talk.asks("back")
    while talk.at != "leeftijd":
        talk.asks("back")
    talk.writes("10")

    assert wished(talk) == []


def test_an_answer_on_a_way_that_was_closed_keeps_it_for_when_it_opens_again() -> None:
    talk = at_the_review()
    wishes(talk, "leeftijd")

    talk.opens_item("over_wie")
    talk.taps("-change", "mezelf")
    assert wished(talk) == []

    talk.opens_item("over_wie")
    talk.taps("-change", "kind")
    assert wished(talk) == ["leeftijd"]


def test_what_the_team_has_already_stays_marked_and_cannot_be_marked_any_more() -> None:
    talk = at_the_hand_over()
    wishes(talk, "gezicht")
    talk.taps("send", "ja")
    talk.writes("Rust.")
    talk.taps("-done")
    talk.asks("skip")

    assert talk.at == "nakijken"
    assert under(talk, "gezicht")[-2:] == [SIGN, "vast/item_sent"]
    listed = [item.question for item in items(talk.dialogue, talk.conversation)]
    before = talk.conversation
    talk.taps(f"-item.{listed.index('gezicht') + 1}", "-talk")
    assert talk.conversation == before
    wishes(talk, "hoop")
    assert set(wished(talk)) == {"gezicht", "hoop"}


def test_a_conversation_from_before_has_nothing_to_talk_about() -> None:
    old = b'{"question":"vertel","answer":{"type":"skipped"},"person":null,"left_out":false}'

    assert not msgspec.json.decode(old, type=Answered).talk_about


def test_going_on_elsewhere_and_coming_back_keeps_it() -> None:
    talk = at_the_review()
    wishes(talk, "vertel")

    talk.asks("leave")
    talk.taps("-on")

    assert SIGN in under(talk, "vertel")
