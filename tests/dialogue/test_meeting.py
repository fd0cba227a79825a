"""What someone says of a talk with a professional: the core's part, screen by screen."""

import pytest
from msgspec.structs import replace

from bot.dialogue.conversation import Lock
from bot.dialogue.effects import AskMeeting, Close, SayMeeting
from bot.dialogue.events import Asked, MeetingTold, PageTold, Tapped
from bot.dialogue.facts import ASPECTS, MeetingFacts, PageFacts
from bot.dialogue.lock import away, holding
from bot.dialogue.message import Say, Text
from bot.dialogue.vocabulary import VoiceKind
from tests.dialogue.trees import EVERY_KIND, Talk

ASKED = MeetingFacts(7, "Anna", "Team De Linde", on=100)
WAITS = replace(ASKED, mine="said")
BOTH = replace(
    WAITS,
    theirs="said",
    is_shown=True,
    my_views=("fully", "not", "skipped"),
    their_views=("partly", "unsure", "fully"),
)


def sent() -> Talk:
    """Someone whose page is with the team."""
    talk = Talk().to_the_review()
    talk.taps("-agree", "send")
    return talk


def asked(talk: Talk | None = None, meeting: MeetingFacts | None = ASKED) -> Talk:
    """Someone who looks what there is to say, of that meeting."""
    talk = talk or sent()
    talk.taps("-meeting")
    talk.happens(MeetingTold(meeting))
    return talk


def who_in(talk: Talk) -> set[object]:
    """Whom the texts of the last message name."""
    return {
        piece.values["wie"]
        for part in talk.said.parts
        for piece in part.pieces
        if isinstance(piece, Text) and "wie" in piece.values
    }


# --- Whether someone wants to -------------------------------------------------------------------


def test_the_world_is_asked_first_how_it_is() -> None:
    talk = sent()

    talk.taps("-meeting")

    assert talk.step.effects == (AskMeeting(),)


def test_who_sent_nothing_hears_that_there_is_nothing() -> None:
    talk = Talk()

    talk.asks("meeting")

    assert "vast/meeting_gone" in talk.words
    assert talk.at == "over_wie"


def test_before_the_first_question_someone_reads_who_reads_it_and_when() -> None:
    talk = asked()

    keys = ["meeting_noted", "meeting_how", "meeting_who_reads", "meeting_wanted"]
    assert talk.words == {f"vast/{key}" for key in keys}
    assert {"-meeting.yes", "-meeting.no", "-leave", "-help"} <= talk.codes
    assert not {code for code in talk.codes if code.startswith("-meeting.f")}


def test_that_the_other_rather_says_nothing_is_told_first() -> None:
    talk = asked(meeting=replace(ASKED, theirs="passed"))

    assert "vast/meeting_they_pass" in talk.words
    assert "vast/meeting_who_reads" not in talk.words


def test_who_would_rather_not_is_asked_nothing() -> None:
    talk = asked()

    talk.taps("-meeting.no")

    assert talk.step.effects == (SayMeeting(7, None),)
    talk.happens(MeetingTold(replace(ASKED, mine="passed", is_shown=True)))
    assert talk.words == {"vast/meeting_i_pass"}
    talk.taps("-on")
    assert talk.at == "einde"


def test_who_is_met_by_somebody_who_left_is_met_by_the_team() -> None:
    assert who_in(asked(meeting=replace(ASKED, who=""))) == {"Team De Linde"}


# --- The three questions ------------------------------------------------------------------------


def test_three_questions_a_tap_each_and_a_last_look_before_it_is_given() -> None:
    talk = asked()
    talk.taps("-meeting.yes")
    for aspect in ASPECTS:
        assert f"vast/meeting_{aspect}" in talk.words
        talk.taps("-meeting.partly")
        (close,) = talk.effects(Close)
        assert isinstance(close, Close)
        assert close.shown == (Text("vast/meeting_partly"),)

    assert {"vast/meeting_chosen", "vast/meeting_may"} <= talk.words
    assert {f"vast/meeting_{aspect}_short" for aspect in ASPECTS} <= talk.words
    talk.taps("-meeting.give")

    assert talk.step.effects == (SayMeeting(7, ("partly", "partly", "partly")),)


def test_each_question_can_be_passed_over() -> None:
    talk = asked()

    talk.taps("-meeting.yes", "-meeting.skipped", "-meeting.not", "-meeting.unsure")

    assert "vast/skipped" in talk.words
    talk.taps("-meeting.give")
    assert talk.step.effects == (SayMeeting(7, ("skipped", "not", "unsure")),)


@pytest.mark.parametrize("taps", [1, 2, 3])
def test_someone_can_still_rather_not_at_every_question(taps: int) -> None:
    talk = asked()
    talk.taps("-meeting.yes", *["-meeting.fully"] * taps)

    assert "-meeting.no" in talk.codes
    talk.taps("-meeting.no")

    assert talk.step.effects == (SayMeeting(7, None),)


def test_what_was_chosen_can_be_chosen_again() -> None:
    talk = asked()
    talk.taps("-meeting.yes", "-meeting.not", "-meeting.not", "-meeting.not", "-meeting.again")

    assert "vast/meeting_listened" in talk.words
    assert talk.conversation.views == ()


@pytest.mark.parametrize(("voice", "end"), [("young", "_young"), ("child", "_child")])
def test_a_young_person_and_a_child_are_asked_in_their_words(voice: VoiceKind, end: str) -> None:
    talk = sent()
    talk.dialogue = replace(EVERY_KIND, voice=voice)

    asked(talk).taps("-meeting.yes")

    assert f"vast/meeting_listened{end}" in talk.words


def test_who_looks_elsewhere_half_way_goes_on_where_they_were() -> None:
    talk = asked()
    talk.taps("-meeting.yes", "-meeting.not")
    talk.asks("help")
    talk.taps("-on")

    asked(talk)

    assert "vast/meeting_understood" in talk.words
    assert talk.conversation.views == ("not",)


def test_what_was_chosen_about_another_talk_is_dropped() -> None:
    talk = asked()
    talk.taps("-meeting.yes", "-meeting.not")

    asked(talk, replace(ASKED, number=8))

    assert talk.conversation.views is None
    assert "vast/meeting_wanted" in talk.words


@pytest.mark.parametrize(
    "code",
    ["-meeting.fully", "-meeting.give", "-meeting.again", "-meeting.drop", "-meeting.xx"],
)
def test_a_button_of_another_moment_does_nothing(code: str) -> None:
    talk = asked()
    before = talk.conversation

    talk.taps(code)

    assert talk.conversation == before
    assert "vast/old_button" in talk.words


@pytest.mark.parametrize("code", ["-meeting.yes", "-meeting.give", "-meeting.xx"])
def test_half_way_only_the_buttons_of_the_question_work(code: str) -> None:
    talk = asked()
    talk.taps("-meeting.yes", "-meeting.not")
    before = talk.conversation

    talk.taps(code)

    assert talk.conversation == before
    talk.taps("-meeting.not", "-meeting.not")
    talk.taps("-meeting.fully")
    assert "vast/old_button" in talk.words


def test_a_button_of_these_screens_does_nothing_on_another() -> None:
    talk = asked()
    talk.taps("-on", "-meeting.no")

    assert "vast/old_button" in talk.words


def test_a_button_of_an_earlier_turn_does_nothing() -> None:
    talk = asked()
    turn = talk.conversation.turn
    talk.taps("-meeting.yes", "-meeting.not")
    before = talk.conversation

    talk.happens(Tapped(turn, "-meeting.no"))

    assert talk.conversation == before


# --- After it was said --------------------------------------------------------------------------


def test_until_it_is_shown_what_was_said_can_be_taken_away() -> None:
    talk = asked(meeting=WAITS)

    assert talk.words == {"vast/meeting_waits"}
    talk.taps("-meeting.drop")

    assert talk.step.effects == (SayMeeting(7, None),)


def test_both_sides_stand_beside_each_other() -> None:
    talk = asked(meeting=BOTH)

    rows = [
        (piece.values["wie"], piece.values["antwoord"])
        for part in talk.said.parts
        for piece in part.pieces
        if isinstance(piece, Text) and piece.key == "vast/meeting_row"
    ]
    you = Text("vast/mine_you")
    assert rows == [
        (you, Text("vast/meeting_fully")),
        ("Anna", Text("vast/meeting_partly")),
        (you, Text("vast/meeting_not")),
        ("Anna", Text("vast/meeting_unsure")),
        (you, Text("vast/skipped")),
        ("Anna", Text("vast/meeting_fully")),
    ]
    assert {"-write", "-on"} <= talk.codes
    talk.taps("-meeting.drop")
    assert "vast/old_button" in talk.words


def test_who_said_nothing_reads_what_the_other_said() -> None:
    talk = asked(meeting=replace(BOTH, mine="passed", my_views=()))

    assert {"vast/meeting_i_pass", "vast/meeting_shown"} <= talk.words
    said = [part for part in talk.said.parts for piece in part.pieces if "row" in str(piece)]
    assert len(said) == len(ASPECTS)


def test_that_the_other_said_nothing_stands_there() -> None:
    talk = asked(meeting=replace(BOTH, theirs="passed", their_views=()))

    assert "vast/meeting_they_passed" in talk.words


def test_who_is_too_late_hears_so_and_how_it_is() -> None:
    talk = asked()
    talk.taps("-meeting.no")

    talk.happens(MeetingTold(BOTH, late=True))

    assert {"vast/meeting_late", "vast/meeting_shown"} <= talk.words


def test_a_meeting_that_is_gone_says_so() -> None:
    talk = asked(meeting=None)

    assert talk.words == {"vast/meeting_gone"}
    talk.taps("-on")
    assert talk.at == "einde"


# --- Elsewhere ----------------------------------------------------------------------------------


def test_in_a_chat_that_was_left_it_can_be_said_and_nothing_else_is_shown() -> None:
    talk = sent()
    talk.asks("leave")
    asked(talk)
    talk.taps("-meeting.yes")

    assert talk.conversation.status == "left"
    talk.taps("-on")

    assert talk.conversation.screen == "resume"


def test_the_page_leads_to_it_when_there_is_one() -> None:
    page = PageFacts("Team De Linde", sent=100, days=30)
    talk = sent()
    talk.asks("page")
    talk.happens(PageTold("looked", page))
    assert "-meeting" not in talk.codes

    talk.happens(PageTold("looked", replace(page, meeting=True)))

    assert "-meeting" in talk.codes


def test_in_a_talk_that_is_shut_with_a_code_nothing_of_it_is_shown_before_it_is_typed() -> None:
    talk = sent()
    shut = away(replace(talk.conversation, lock=Lock(code="1234")), talk.conversation.turn + 1)
    held = holding(shut, talk.said.parts, answerable=False, met=True)
    talk.conversation = replace(held, turn=held.turn + 1)

    for event in (Asked("meeting"), Tapped(talk.conversation.turn, "-meeting")):
        talk.happens(event)
        assert talk.conversation.screen == "locked"
    talk.writes("1234")

    offered = {
        button.code
        for say in talk.effects(Say)
        if isinstance(say, Say)
        for row in say.rows
        for button in row
    }
    assert "-meeting" in offered
