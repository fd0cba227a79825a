"""Answers that are spoken: kept unheard, heard again, written out with the speaker's yes."""

import msgspec
import pytest
from msgspec.structs import replace

from bot.dialogue.answers import Heard, Said, Worded
from bot.dialogue.conversation import Conversation
from bot.dialogue.effects import GiveOver, Play
from bot.dialogue.events import Asked, Control, Edited, NoteLost, Spoke, Tapped, WrittenOut
from bot.dialogue.hearing import LARGEST_NOTE, LONGEST_NOTE, MOST_NOTES
from bot.dialogue.message import Quote, Say, Text
from bot.dialogue.speaking import notes_of
from bot.dialogue.summary import items, told
from bot.dialogue.tree import Ending, Words
from tests.dialogue.trees import AROUND, EVERY_KIND, FULLER, Talk, to, tree

QUESTION = "vertel"


def at_words() -> Talk:
    """Someone who is asked for their own words."""
    talk = Talk()
    for _ in range(30):
        if talk.at == QUESTION:
            return talk
        talk.asks("skip")
        if talk.at in ("over_wie",) and talk.conversation.answer_to("over_wie") is None:
            talk.taps("kind")
    raise AssertionError(talk.at)


def spoken(note: int = 7, seconds: int = 42, size: int = 9, origin: int | None = 1) -> Spoke:
    return Spoke(note, seconds, size, origin)


def item_of(talk: Talk) -> Worded:
    (found,) = [
        one.answer for one in items(talk.dialogue, talk.conversation) if one.question == QUESTION
    ]
    assert isinstance(found, Worded)
    return found


TWO_QUESTIONS = tree(
    Words(id="vertel", context="p/v", routes=to("hoop")),
    Words(id="hoop", context="p/h", routes=to("einde")),
    Ending(id="einde", context="p/e"),
)


@pytest.mark.parametrize("deeds", [("-skip",), ("Eerst dit.", "-done")])
def test_that_answers_may_be_spoken_is_said_once(deeds: tuple[str, ...]) -> None:
    talk = Talk(TWO_QUESTIONS)
    assert "vast/speak_too" in talk.words

    for deed in deeds:
        (talk.taps if deed.startswith("-") else talk.writes)(deed)
        assert "vast/speak_too" not in talk.words

    assert talk.at == "hoop"


def test_a_page_with_a_button_for_it_does_not_say_that_answers_may_be_spoken() -> None:
    talk = Talk(TWO_QUESTIONS)
    talk.conversation = replace(talk.conversation, reachable=False)

    talk.asks("menu")
    talk.taps("-on")

    assert talk.at == "vertel"
    assert "vast/speak_too" not in talk.words


def test_what_is_said_aloud_is_kept_beside_what_is_typed_in_one_answer() -> None:
    talk = at_words()
    talk.writes("Eerst dit.")
    talk.happens(spoken())
    talk.writes("En dit.", "En dat.")
    talk.taps("-done")

    given = talk.conversation.answer_to(QUESTION)
    assert isinstance(given, Worded)
    assert given.words == "Eerst dit.\nEn dit.\nEn dat."
    assert told(given.said) == (
        Quote("Eerst dit."),
        Text("vast/note", {"duur": "0:42"}),
        Quote("En dit.\nEn dat."),
    )
    assert notes_of(talk.conversation) == {7}


def test_that_a_person_will_listen_is_said_with_the_first_recording_only() -> None:
    talk = at_words()
    talk.happens(spoken(1))
    first = talk.words
    talk.happens(spoken(2))

    assert {"vast/note_unheard", "vast/note_kept"} <= first
    assert "vast/note_unheard" not in talk.words
    assert "vast/note_kept" in talk.words


def test_it_is_said_on_the_question_itself_when_another_screen_was_on_top() -> None:
    talk = at_words()
    talk.asks("help")
    talk.happens(spoken())

    assert talk.conversation.screen == "question"
    assert {"vast/note_unheard", "vast/draft_kept"} <= talk.words
    talk.asks("help")
    talk.happens(spoken(8))
    assert "vast/note_unheard" not in talk.words


def test_a_house_with_a_computer_that_writes_out_says_so() -> None:
    talk = Talk(EVERY_KIND.furnished(replace(AROUND, writes_out=True)))
    while talk.at != QUESTION:
        talk.asks("skip") if talk.at != "over_wie" else talk.taps("kind")
    talk.happens(spoken())

    assert "vast/note_writes_out" in talk.words


@pytest.mark.parametrize(
    ("event", "why"),
    [
        (spoken(seconds=LONGEST_NOTE + 1), "vast/note_too_long"),
        (spoken(size=LARGEST_NOTE + 1), "vast/note_too_long"),
    ],
)
def test_what_is_too_long_or_too_large_is_refused_kindly(event: Spoke, why: str) -> None:
    talk = at_words()
    talk.happens(event)

    assert why in talk.words
    assert talk.conversation.draft == ()
    talk.happens(spoken(seconds=LONGEST_NOTE, size=LARGEST_NOTE))
    assert len(talk.conversation.draft) == 1


def test_an_answer_has_room_for_so_many_and_for_typed_words_beside_them() -> None:
    talk = at_words()
    for number in range(MOST_NOTES + 1):
        talk.happens(spoken(number))

    assert "vast/note_enough" in talk.words
    assert len(talk.conversation.draft) == MOST_NOTES
    talk.writes("Nog iets.")
    assert len(talk.conversation.draft) == MOST_NOTES + 1


def test_anywhere_else_than_at_own_words_it_is_refused_kindly() -> None:
    talk = Talk()
    talk.happens(spoken())

    assert "vast/note_not_here" in talk.words
    assert notes_of(talk.conversation) == frozenset()


def test_in_a_chat_that_was_left_it_is_asked_first_whether_to_go_on() -> None:
    talk = at_words()
    talk.asks("leave")
    talk.happens(spoken())

    assert talk.conversation.screen == "resume"
    assert notes_of(talk.conversation) == frozenset()


def test_a_recording_without_a_length_is_shown_without_one() -> None:
    assert told((Said("", note=1),)) == (Text("vast/note_untimed"),)


def test_editing_the_message_does_not_type_over_what_was_spoken() -> None:
    talk = at_words()
    talk.happens(spoken(origin=5))
    talk.happens(Edited("Iets anders.", 5))
    assert talk.conversation.draft == (Said("", 5, 7, 42),)
    talk.taps("-done")
    talk.happens(Edited("Iets anders.", 5))

    assert "vast/edited_nothing" in talk.words
    assert notes_of(talk.conversation) == {7}


def test_the_review_shows_it_and_it_can_be_heard_left_out_and_said_again() -> None:
    talk = at_words()
    talk.happens(spoken())
    talk.to_the_review()
    assert Text("vast/note", {"duur": "0:42"}) in pieces(talk)

    talk.opens_item(QUESTION)
    assert "-play.1" in talk.codes
    step = talk.taps("-play.1")
    assert Play(7, 42) in step.effects
    assert talk.conversation.screen == "item"
    talk.taps("-omit")
    assert notes_of(talk.conversation) == {7}
    talk.opens_item(QUESTION)
    talk.taps("-change")
    talk.happens(spoken(8, 10))
    talk.taps("-done")
    assert notes_of(talk.conversation) == {8}


def pieces(talk: Talk) -> list[object]:
    return [piece for part in talk.said.parts for piece in part.pieces]


def test_one_without_a_length_can_be_heard_too() -> None:
    talk = at_words()
    talk.happens(spoken(seconds=0))
    talk.to_the_review()
    talk.opens_item(QUESTION)
    labels = [button.label for row in talk.said.rows for button in row]
    assert Text("vast/play_untimed") in labels
    step = talk.taps("-play.1")

    assert Play(7, 0) in step.effects


@pytest.mark.parametrize("code", ["-play.2", "-play.x", "-play", "-play.0"])
def test_a_forged_button_plays_nothing(code: str) -> None:
    talk = at_words()
    talk.happens(spoken())
    talk.to_the_review()
    talk.opens_item(QUESTION)
    step = talk.taps(code)

    assert talk.effects(Play) == []
    assert isinstance(step.effects[-1], Say)
    talk.taps("-keep")
    talk.taps("-play.1")
    assert talk.effects(Play) == []


def test_one_that_never_came_is_marked_told_of_once_and_not_offered() -> None:
    talk = at_words()
    talk.happens(spoken(7))
    talk.writes("Getypt.")
    talk.happens(spoken(8, 0))
    talk.to_the_review()
    talk.happens(NoteLost(7))
    assert "vast/note_never_came" in talk.words
    assert talk.said.unasked
    assert talk.happens(NoteLost(7)).effects == ()
    talk.happens(NoteLost(8))

    assert Text("vast/note_gone", {"duur": "0:42"}) in told(item_of(talk).said)
    assert Text("vast/note_gone_untimed") in told(item_of(talk).said)
    talk.opens_item(QUESTION)
    assert not any(code.startswith("-play") for code in talk.codes)


def test_nothing_appears_in_a_chat_that_was_left_when_one_never_came() -> None:
    talk = at_words()
    talk.happens(spoken(7))
    talk.asks("leave")
    step = talk.happens(NoteLost(7))

    assert step.effects == ()
    assert talk.conversation.draft == (Said("", 1, 7, 42, lost=True),)


# --- Written out --------------------------------------------------------------------------------


def test_what_was_written_out_counts_when_the_speaker_says_that_it_is_so() -> None:
    talk = at_words()
    talk.happens(spoken())
    talk.happens(WrittenOut(7, " Hij slaapt niet. "))
    assert "vast/heard" in talk.words
    assert Quote("Hij slaapt niet.") in pieces(talk)
    assert talk.codes >= {"-heard.yes", "-heard.no", "-help", "-leave"}
    talk.taps("-heard.yes")

    assert talk.conversation.screen == "question"
    assert talk.conversation.draft == (Said("Hij slaapt niet.", 1, 7, 42),)
    assert told(talk.conversation.draft) == (
        Text("vast/note_heard", {"duur": "0:42"}),
        Quote("Hij slaapt niet."),
    )
    talk.taps("-done")
    assert talk.at != QUESTION


def test_without_that_only_the_recording_stays() -> None:
    talk = at_words()
    talk.happens(spoken())
    talk.happens(WrittenOut(7, "Hij schaapt niet."))
    talk.taps("-heard.no")

    assert talk.conversation.draft == (Said("", 1, 7, 42),)
    assert talk.conversation.heard == ()


def test_two_are_asked_about_one_after_the_other() -> None:
    talk = at_words()
    talk.happens(spoken(1))
    talk.happens(spoken(2))
    talk.happens(WrittenOut(1, "Een."))
    assert talk.happens(WrittenOut(2, "Twee.")).effects == ()
    assert talk.happens(WrittenOut(2, "Twee.")).conversation.heard == (
        Heard(1, "Een."),
        Heard(2, "Twee."),
    )
    talk.taps("-heard.no")
    assert Quote("Twee.") in pieces(talk)
    talk.taps("-heard.yes")

    assert [said.words for said in talk.conversation.draft] == ["", "Twee."]


def test_it_is_put_in_an_answer_that_was_given_already_also_one_that_was_left_out() -> None:
    talk = at_words()
    talk.happens(spoken())
    talk.to_the_review()
    talk.opens_item(QUESTION)
    talk.taps("-omit")
    talk.happens(WrittenOut(7, "Hij slaapt niet."))
    talk.taps("-heard.yes")

    assert item_of(talk).said[0] == Said("Hij slaapt niet.", 1, 7, 42)
    (left_out,) = [old.left_out for old in talk.conversation.answers if old.question == QUESTION]
    assert left_out


def test_words_that_open_a_way_take_someone_there() -> None:
    """After the consent screen the review is asked again, as what is sent has changed."""
    talk = at_words()
    talk.happens(spoken())
    talk.to_the_review()
    talk.taps("-agree")
    before = talk.at
    talk.happens(WrittenOut(7, "Hij slaapt niet."))
    talk.taps("-heard.yes")

    assert talk.at != before


@pytest.mark.parametrize("screen", ["help", "menu", "pause", "leave"])
def test_who_looks_at_something_else_is_not_disturbed(screen: Control) -> None:
    talk = at_words()
    talk.happens(spoken())
    talk.happens(Asked(screen))
    before = talk.conversation
    step = talk.happens(WrittenOut(7, "Hij slaapt niet."))

    assert step.effects == ()
    assert step.conversation == before


@pytest.mark.parametrize("screen", ["help", "menu", "pause", "leave"])
def test_what_was_heard_is_let_go_of_when_its_question_is_left(screen: Control) -> None:
    talk = at_words()
    talk.happens(spoken())
    talk.happens(WrittenOut(7, "Hij slaapt niet."))
    talk.asks(screen)

    assert talk.conversation.heard == ()
    talk.taps("-heard.yes")
    assert talk.conversation.draft == (Said("", 1, 7, 42),)


def test_the_next_one_is_asked_about_after_a_message_that_calls_for_a_person() -> None:
    talk = at_words()
    talk.happens(spoken(1))
    talk.happens(spoken(2))
    talk.happens(WrittenOut(1, "Ik denk aan zelfmoord."))
    talk.happens(WrittenOut(2, "Meer niet."))
    talk.taps("-heard.yes")
    assert talk.conversation.screen == "care"
    talk.taps("-on")

    assert Quote("Meer niet.") in pieces(talk)


@pytest.mark.parametrize(("note", "words"), [(99, "Iets."), (7, "  ")])
def test_words_of_nothing_or_of_what_is_gone_pass_in_silence(note: int, words: str) -> None:
    talk = at_words()
    talk.happens(spoken())
    before = talk.conversation

    assert talk.happens(WrittenOut(note, words)).conversation == before
    assert talk.step.effects == ()


def test_what_was_sent_already_is_never_written_out_after_it() -> None:
    talk = at_words()
    talk.happens(spoken())
    talk.to_the_review()
    talk.taps("-agree", "send")
    assert talk.effects(GiveOver)
    before = talk.conversation
    talk.happens(WrittenOut(7, "Hij slaapt niet."))

    assert talk.conversation == before


def test_nor_while_the_talk_goes_on_after_sending() -> None:
    talk = Talk(FULLER)
    talk.taps("boos")
    while talk.at != QUESTION:
        talk.asks("skip")
    talk.happens(spoken(7))
    talk.taps("-done", "send")
    assert (talk.conversation.status, talk.at) == ("open", "meer")
    before = talk.conversation
    talk.happens(WrittenOut(7, "Hij slaapt niet."))

    assert talk.conversation == before


@pytest.mark.parametrize("code", ["-heard.yes", "-heard.no", "-heard.x"])
def test_a_forged_yes_puts_no_words_anywhere(code: str) -> None:
    talk = at_words()
    talk.happens(spoken())
    talk.taps(code)
    assert talk.conversation.draft == (Said("", 1, 7, 42),)
    talk.happens(WrittenOut(7, "Iets."))
    turn = talk.conversation.turn
    talk.happens(Tapped(turn - 1, code))

    assert talk.conversation.draft == (Said("", 1, 7, 42),)


def test_who_says_yes_to_words_that_call_for_a_person_gets_the_number_first() -> None:
    talk = at_words()
    talk.happens(spoken())
    talk.happens(WrittenOut(7, "Ik denk aan zelfmoord."))
    assert "vast/heard" in talk.words
    talk.taps("-heard.yes")

    assert talk.conversation.screen == "care"
    assert talk.conversation.draft[0].words == "Ik denk aan zelfmoord."


def test_a_conversation_with_recordings_survives_json() -> None:
    talk = at_words()
    talk.happens(spoken())
    talk.happens(WrittenOut(7, "Iets."))

    again = msgspec.json.decode(msgspec.json.encode(talk.conversation), type=Conversation)
    assert again == talk.conversation


def test_nobody_sees_what_was_heard_in_a_log() -> None:
    for value in (Heard(1, "geheim"), WrittenOut(1, "geheim"), Said("geheim", note=1)):
        assert "geheim" not in repr(value)
