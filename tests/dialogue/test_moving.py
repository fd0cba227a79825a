"""What happens to someone whose question is no longer the one that is open."""

import pytest
from msgspec.structs import replace

from bot.dialogue.answers import Worded
from bot.dialogue.effects import Close, SetAlarm
from bot.dialogue.events import Asked, Rang, Sent, Shared, Started, Tapped, Wrote
from bot.dialogue.tree import (
    Choice,
    Choices,
    Dialogue,
    Ending,
    HandOver,
    Naming,
    People,
    Review,
    Words,
)
from bot.dialogue.walk import walk
from tests.dialogue.trees import Talk, to, tree

WIE = Choice(
    id="wie", context="p/wie", codes=("kind", "mezelf"), section="vraag", routes=to("hoop")
)
HOOP = Words(id="hoop", context="p/hoop", section="hoop", routes=to("nakijken"))
EXTRA = Words(id="extra", context="p/extra", section="hoop", routes=to("hoop"))
LAST = (
    Review(id="nakijken", context="p/nakijken", routes=to("sturen")),
    HandOver(id="sturen", context="p/sturen", routes=to("einde"), otherwise="einde"),
    Ending(id="einde", context="p/einde"),
)

BEFORE = tree(WIE, HOOP, *LAST)
WITH_MORE = tree(replace(WIE, routes=to("extra")), EXTRA, HOOP, *LAST)
WITHOUT_HOPE = tree(replace(WIE, routes=to("extra")), replace(EXTRA, routes=to("nakijken")), *LAST)


def at_the_hope(after: Dialogue) -> Talk:
    """Someone at ‘hoop’, under whom the dialogue becomes ``after``."""
    talk = Talk(BEFORE)
    talk.taps("kind")
    talk.dialogue = after
    return talk


# --- A question that only comes later now -------------------------------------------------------


def test_an_answer_to_a_question_that_comes_later_now_counts() -> None:
    talk = at_the_hope(WITH_MORE)

    talk.writes("Dat hij slaapt.")
    talk.taps("-done")

    assert isinstance(talk.conversation.answer_to("hoop"), Worded)
    assert talk.at == "extra"
    talk.writes("Nog iets.")
    talk.taps("-done")
    assert talk.at == "nakijken"


def test_a_consent_that_comes_later_now_is_asked_again_when_it_is_time() -> None:
    talk = Talk(BEFORE)
    talk.taps("kind", "-menu", "-skip", "-agree")
    assert talk.at == "sturen"
    talk.dialogue = WITH_MORE

    talk.taps("send")

    assert talk.at == "extra"
    assert talk.conversation.answer_to("sturen") is None
    assert "vast/old_button" in talk.words


def test_names_to_tick_are_not_asked_of_nobody() -> None:
    naming = Naming(id="namen", context="p/namen", section="kring", routes=to("dicht"))
    near = People(
        id="dicht", context="p/dicht", of="namen", mark="near", section="kring", routes=to("einde")
    )
    other = Naming(id="anderen", context="p/anderen", section="kring", routes=to("dicht"))
    talk = Talk(tree(naming, near, LAST[-1]))
    talk.writes("Oma")
    talk.taps("-done")
    assert talk.at == "dicht"
    talk.dialogue = tree(other, replace(near, of="anderen"), LAST[-1])

    talk.happens(Asked("help"))

    assert talk.at == "anderen"


# --- A question that is gone --------------------------------------------------------------------


def test_the_screen_of_a_question_that_is_gone_keeps_its_own_words() -> None:
    talk = at_the_hope(WITHOUT_HOPE)
    turn = talk.conversation.turn

    talk.happens(Sent("photo"))

    assert talk.effects(Close) == [Close(turn, ())]
    assert talk.at == "extra"
    assert talk.conversation.turn > turn


def test_words_for_a_question_that_is_gone_are_no_answer_to_another() -> None:
    talk = at_the_hope(WITHOUT_HOPE)

    talk.writes("Dat hij slaapt.")

    assert talk.at == "extra"
    assert talk.conversation.answer_to("extra") is None
    assert talk.conversation.draft == ()
    assert "vast/question_gone" in talk.words


def test_a_phone_number_for_a_question_that_is_gone_is_not_kept_either() -> None:
    talk = at_the_hope(WITHOUT_HOPE)

    talk.happens(Shared("+31612345678", 9))

    assert "vast/question_gone" in talk.words


@pytest.mark.parametrize("control", ["back", "skip", "why"])
def test_a_command_about_a_question_that_is_gone_shows_the_one_that_is_open(control: str) -> None:
    talk = at_the_hope(WITHOUT_HOPE)

    talk.happens(Asked(control))  # type: ignore[arg-type] # one of those controls

    assert talk.at == "extra"
    assert talk.conversation.screen == "question"
    assert talk.conversation.answer_to("extra") is None


def test_what_was_typed_so_far_is_kept_when_its_question_goes_and_comes_back() -> None:
    talk = Talk(BEFORE)
    talk.taps("kind")
    talk.writes("Dat hij slaapt.")
    talk.dialogue = WITHOUT_HOPE
    talk.happens(Asked("help"))
    assert talk.at == "extra"

    talk.dialogue = BEFORE
    talk.happens(Asked("help"))

    kept = talk.conversation.answer_to("hoop")
    assert isinstance(kept, Worded)
    assert kept.words == "Dat hij slaapt."
    assert talk.at == "nakijken"


def test_what_was_ticked_so_far_is_kept_when_its_question_moves_off_the_way() -> None:
    ticks = Choices(
        id="hoop", context="p/hoop", codes=("a", "b"), section="hoop", routes=to("nakijken")
    )
    talk = Talk(tree(WIE, ticks, *LAST))
    talk.taps("kind", "a")
    talk.dialogue = tree(replace(WIE, routes=to("nakijken")), ticks, *LAST)

    talk.happens(Asked("help"))

    assert talk.at == "nakijken"
    given = talk.conversation.answer_to("hoop")
    assert getattr(given, "codes", ()) == ("a",)


# --- On a screen of the engine's own ------------------------------------------------------------


def test_who_reads_the_help_numbers_goes_on_from_there() -> None:
    talk = at_the_hope(BEFORE)
    talk.asks("help")
    talk.dialogue = WITHOUT_HOPE

    talk.taps("-on")

    assert (talk.at, talk.conversation.screen) == ("extra", "question")
    assert "vast/old_button" not in talk.words


def test_an_older_button_on_such_a_screen_is_an_old_button() -> None:
    talk = at_the_hope(BEFORE)
    talk.asks("help")
    talk.dialogue = WITHOUT_HOPE

    talk.happens(Tapped(talk.conversation.turn - 1, "-on"))

    assert "vast/old_button" in talk.words
    assert talk.conversation.screen == "help"


def test_leaving_works_from_a_question_that_is_gone() -> None:
    talk = at_the_hope(WITHOUT_HOPE)

    talk.happens(Tapped(1, "-leave"))

    assert talk.conversation.status == "left"


def test_who_paused_is_still_reminded_when_their_question_went() -> None:
    talk = at_the_hope(BEFORE)
    talk.asks("pause")
    talk.taps("-remind.1")
    (alarm,) = talk.effects(SetAlarm)
    assert isinstance(alarm, SetAlarm)
    talk.dialogue = WITHOUT_HOPE

    talk.happens(Rang(alarm.kind, alarm.turn))

    assert "vast/resume" in talk.words
    assert (talk.at, talk.conversation.status) == ("extra", "paused")


def test_an_alarm_of_an_earlier_turn_still_passes_in_silence() -> None:
    talk = at_the_hope(BEFORE)
    talk.asks("pause")
    before = talk.conversation
    talk.dialogue = WITHOUT_HOPE

    talk.happens(Rang("remind", before.turn - 1))

    assert talk.step.effects == ()
    assert talk.conversation == before


def test_what_nobody_sees_moves_nobody() -> None:
    talk = at_the_hope(WITHOUT_HOPE)
    before = talk.conversation

    talk.happens(Rang("remind", before.turn))

    assert talk.step.effects == ()
    assert talk.conversation == before


def test_who_left_comes_back_to_the_question_that_is_open() -> None:
    talk = at_the_hope(BEFORE)
    talk.asks("leave")
    talk.dialogue = WITHOUT_HOPE

    talk.happens(Wrote("Hoi", 9))
    assert "vast/left_wrote" in talk.words
    talk.taps("-on")

    assert (talk.at, talk.conversation.status) == ("extra", "open")


def test_a_link_of_a_team_is_still_an_invitation() -> None:
    talk = at_the_hope(BEFORE)
    talk.happens(Started("eik"))
    talk.dialogue = WITHOUT_HOPE

    talk.taps("-again", "-again.yes")

    assert talk.conversation.team == "eik"
    assert talk.conversation.answers == ()


# --- After sending ------------------------------------------------------------------------------


def sent(after: Dialogue) -> Talk:
    """Someone who sent everything, under whom the dialogue becomes ``after``."""
    talk = at_the_hope(BEFORE)
    talk.writes("Dat hij slaapt.")
    talk.taps("-done", "-agree", "send")
    talk.dialogue = after
    return talk


def test_after_sending_nobody_is_asked_what_came_in_before_it() -> None:
    talk = sent(WITH_MORE)

    talk.happens(Asked("help"))

    assert talk.at == "einde"
    assert walk(WITH_MORE, talk.conversation).is_sent("hoop")


def test_after_sending_on_a_way_that_is_gone_the_usual_rule_holds() -> None:
    elsewhere = tree(
        replace(WIE, codes=("gezin",), routes=to("extra")),
        replace(EXTRA, routes=to("slot")),
        *LAST,
        Ending(id="slot", context="p/slot"),
    )
    talk = sent(elsewhere)

    talk.happens(Asked("help"))

    assert talk.at == "wie"


# --- Answers that do not fit any more -----------------------------------------------------------


def test_a_choice_that_is_gone_is_neither_shown_nor_on_the_page() -> None:
    ticks = Choices(
        id="wie", context="p/wie", codes=("kind", "mezelf"), section="vraag", routes=to("hoop")
    )
    talk = Talk(tree(ticks, HOOP, *LAST))
    talk.taps("kind", "mezelf", "-done", "-menu", "-skip")
    assert talk.at == "nakijken"
    talk.dialogue = tree(replace(ticks, codes=("mezelf",)), HOOP, *LAST)

    talk.happens(Sent("photo"))

    assert "p/wie/choices/mezelf" in talk.words
    assert "p/wie/choices/kind" not in talk.words


def test_an_answer_of_another_kind_is_not_shown_as_the_answer_of_before() -> None:
    talk = at_the_hope(BEFORE)
    talk.writes("Dat hij slaapt.")
    talk.taps("-done")
    asked = Choice(
        id="hoop", context="p/hoop", codes=("ja", "nee"), section="hoop", routes=to("nakijken")
    )
    talk.dialogue = tree(WIE, asked, *LAST)

    talk.happens(Asked("help"))
    talk.taps("-on")

    assert talk.at == "hoop"
    assert "vast/answered_before" not in talk.words
