"""Words that call for a person now get one warm message, and the talk goes on where it was."""

import msgspec
import pytest
from msgspec.structs import replace

from bot.dialogue.answers import Said, Worded
from bot.dialogue.conversation import Conversation
from bot.dialogue.effects import Close
from bot.dialogue.engine import advance
from bot.dialogue.events import Asked, Control, Edited, Invited, Started, Tapped, Wrote
from bot.dialogue.lexicon import Pattern, Wordlist
from bot.dialogue.message import Say
from bot.dialogue.recognising import ready
from bot.dialogue.vocabulary import COLOURED
from tests.dialogue.trees import AROUND, EVERY_KIND, Talk

LEXICON = ready(
    Wordlist(
        "nl",
        {
            COLOURED: (Pattern((("verwijzing",),)),),
            "zelfdoding": (Pattern((("dood",), ("wil",))),),
            "geweld": (Pattern((("slaat",),)),),
        },
    )
)
HELP = {"zelfdoding": ("113", "112"), "geweld": ("112", "veilig_thuis")}
DIALOGUE = EVERY_KIND.furnished(replace(AROUND, signals={"nl": LEXICON}, called_for=HELP))


def talk() -> Talk:
    """Someone at the question that asks for own words."""
    started = Talk(DIALOGUE)
    started.taps("kind")
    started.writes("9")
    assert started.at == "vertel"
    return started


def headings(said: Say) -> list[str]:
    return [
        getattr(part.pieces[0], "key", "").split("/")[1]
        for part in said.parts
        if part.role == "heading"
    ]


def test_words_that_call_for_a_person_bring_the_right_number_first_and_are_kept() -> None:
    someone = talk()

    someone.writes("ik wil dood")

    assert someone.conversation.screen == "care"
    assert "vast/care_zelfdoding" in someone.words
    assert headings(someone.said) == ["113", "112"]
    assert [said.words for said in someone.conversation.draft] == ["ik wil dood"]
    assert {"-on", "-not_meant", "-help", "-leave", "-menu"} <= someone.codes
    assert len(someone.effects(Close)) == 1


def test_one_message_for_two_signals_with_the_numbers_of_both_each_once() -> None:
    someone = talk()

    someone.writes("hij slaat me en ik wil dood")

    assert someone.conversation.care == ("zelfdoding", "geweld")
    assert "vast/care_zelfdoding" in someone.words
    assert "vast/care_geweld" not in someone.words
    assert headings(someone.said) == ["113", "112", "veilig_thuis"]


def test_after_it_the_talk_goes_on_where_it_was() -> None:
    someone = talk()
    someone.writes("ik wil dood")

    someone.taps("-on")

    assert (someone.conversation.screen, someone.at) == ("question", "vertel")
    assert "vast/draft_kept" in someone.words
    someone.taps("-done")
    answer = someone.conversation.answer_to("vertel")
    assert answer == Worded((Said("ik wil dood", 2),), "nl")


def test_that_is_not_what_i_mean_gets_a_kind_line_and_silence_at_this_question() -> None:
    someone = talk()
    someone.writes("ik wil dood")

    someone.taps("-not_meant")

    assert "vast/care_not_meant_then" in someone.words
    assert someone.conversation.screen == "question"
    someone.writes("ik wil echt dood")
    assert someone.conversation.screen == "question"
    assert "vast/words_kept" in someone.words


def test_who_tells_more_is_not_interrupted_again_but_another_signal_is_answered() -> None:
    someone = talk()
    someone.writes("ik wil dood")

    someone.writes("al heel lang wil ik dood")
    assert someone.conversation.screen == "question"

    someone.writes("hij slaat me")
    assert someone.conversation.care == ("geweld",)


def test_the_next_question_is_answered_anew() -> None:
    someone = talk()
    someone.writes("ik wil dood")
    someone.taps("-not_meant", "-done", "geld", "-done")
    assert someone.at == "kring"

    someone.writes("ik wil dood")

    assert someone.conversation.screen == "care"
    assert someone.conversation.people_of("kring")


@pytest.mark.parametrize("away", ["pause", "leave"])
def test_who_comes_back_is_answered_anew(away: Control) -> None:
    someone = talk()
    someone.writes("ik wil dood")
    someone.taps("-not_meant")

    someone.asks(away)
    someone.taps("-on")
    someone.writes("ik wil dood")

    assert someone.conversation.screen == "care"


def test_the_same_words_do_not_count_twice_when_someone_comes_back() -> None:
    someone = talk()
    someone.writes("ik wil dood")
    someone.taps("-on")
    someone.happens(Started(None))
    someone.taps("-on")

    someone.writes("ik ben er weer")

    assert someone.conversation.screen == "question"


def test_half_a_sentence_and_the_other_half_belong_together() -> None:
    someone = talk()

    someone.writes("ik wil", "dood")

    assert someone.conversation.screen == "care"


@pytest.mark.parametrize(
    ("way", "at"),
    [
        ((), "over_wie"),
        (("kind",), "leeftijd"),
        (("kind", "9"), "vertel"),
    ],
)
def test_it_comes_whatever_was_asked(way: tuple[str, ...], at: str) -> None:
    someone = Talk(DIALOGUE)
    for each in way:
        someone.writes(each) if each.isdigit() else someone.taps(each)
    assert someone.at == at

    someone.writes("ik wil dood")

    assert someone.conversation.screen == "care"
    someone.taps("-on")
    assert (someone.at, someone.conversation.screen) == (at, "question")


def test_it_comes_over_the_question_that_a_typed_answer_leads_to() -> None:
    someone = Talk(DIALOGUE)
    someone.to_the_circle()
    someone.taps("-done", "p1", "-done", "-done")
    assert someone.at == "naam"

    someone.writes("ik wil dood")

    assert (someone.at, someone.conversation.screen) == ("nummer", "care")
    assert len([say for say in someone.effects(Say) if isinstance(say, Say) and say.asks]) == 1
    someone.taps("-on")
    assert (someone.at, someone.conversation.screen) == ("nummer", "question")


def test_it_comes_when_the_first_words_to_the_bot_are_these() -> None:
    fresh = Conversation(DIALOGUE.name, DIALOGUE.revision, "nl", "linde")

    step = advance(DIALOGUE, fresh, Wrote("ik wil dood", 1))

    assert step.conversation.screen == "care"
    assert "vast/care_zelfdoding" in str(step.effects)


def test_it_comes_to_who_left_and_the_way_back_stays() -> None:
    someone = talk()
    someone.asks("leave")

    someone.writes("ik wil dood")
    assert someone.conversation.screen == "care"

    someone.taps("-on")
    assert (someone.conversation.status, someone.conversation.screen) == ("left", "resume")


def test_it_comes_over_another_screen_and_that_comes_back() -> None:
    someone = Talk(DIALOGUE)
    someone.asks("help")

    someone.writes("ik wil dood")
    someone.taps("-on")

    assert someone.conversation.screen == "help"


def test_a_second_signal_while_the_message_is_on_top_keeps_the_screen_beneath() -> None:
    someone = Talk(DIALOGUE)
    someone.asks("help")
    someone.writes("ik wil dood", "hij slaat me")

    someone.taps("-on")

    assert someone.conversation.screen == "help"


def test_an_edit_that_brings_a_signal_is_answered_and_one_that_keeps_it_is_not() -> None:
    someone = talk()
    someone.writes("ik wil rust")

    brought = someone.happens(Edited("ik wil dood", 2)).conversation
    someone.taps("-on", "-done")
    kept = someone.happens(Edited("ik wil gewoon dood", 2)).conversation

    assert brought.screen == "care"
    assert brought.draft == (Said("ik wil dood", 2),)
    assert kept.screen == "question"
    assert kept.answer_to("vertel") == Worded((Said("ik wil gewoon dood", 2),), "nl")


def test_an_edited_name_is_read_too() -> None:
    someone = Talk(DIALOGUE)
    someone.to_the_circle()

    someone.happens(Edited("papa slaat", someone.origin))

    assert someone.conversation.screen == "care"
    step = advance(DIALOGUE, replace(someone.conversation, heeded=()), Edited("papa slaat ons", 4))
    assert step.conversation.screen == "care"


def test_a_message_that_was_not_kept_whole_still_says_so() -> None:
    someone = talk()

    someone.writes("ik wil dood " + "x" * 8_000)

    assert someone.conversation.screen == "care"
    assert "vast/too_long" in someone.words


def test_an_invitation_begins_anew_and_a_command_does_not() -> None:
    someone = talk()
    someone.writes("ik wil dood")
    someone.taps("-on")

    asked = someone.happens(Asked("help")).conversation
    invited = someone.happens(Invited("asked", "i_x")).conversation

    assert asked.heeded == ("zelfdoding",)
    assert invited.heeded == ()


def test_the_buttons_of_the_message_do_nothing_once_it_is_gone() -> None:
    someone = talk()
    someone.writes("ik wil dood")
    turn = someone.conversation.turn
    someone.taps("-on")

    before = someone.conversation
    assert someone.happens(Tapped(turn, "-not_meant")).conversation == before
    assert someone.taps("-not_meant").conversation == before


def test_other_words_bring_no_message_and_leave_no_trace() -> None:
    someone = talk()

    someone.writes("Hij slaapt niet.")

    assert someone.conversation.screen == "question"
    assert (someone.conversation.care, someone.conversation.heeded) == ((), ())


def test_a_conversation_from_before_there_was_a_message_goes_on() -> None:
    kept = msgspec.to_builtins(talk().conversation)
    for key in ("care", "beneath", "heeded"):
        kept.pop(key, None)

    old = msgspec.convert(kept, Conversation)

    assert advance(DIALOGUE, old, Wrote("ik wil dood", 9)).conversation.screen == "care"


def test_a_coloured_question_is_remembered_with_the_answer_and_stays_off_the_screen() -> None:
    someone = talk()

    someone.writes("Ik wil een verwijzing.")
    assert someone.conversation.screen == "question"
    someone.taps("-done")

    answer = someone.conversation.answer_to("vertel")
    assert isinstance(answer, Worded)
    assert answer.signals == (COLOURED,)
