"""Inviting someone, and opening an invitation, as the core sees it."""

import pytest
from msgspec.structs import replace

from bot.dialogue.compiler import Source, compile_dialogue
from bot.dialogue.conversation import Conversation
from bot.dialogue.effects import Close, Invite, Join, Meet
from bot.dialogue.engine import advance
from bot.dialogue.events import Door, Invited, Started, Tapped
from bot.dialogue.inviting_screens import given
from bot.dialogue.message import Part, Quote, Say, Text
from bot.dialogue.phrases import line
from bot.dialogue.tree import Compiled
from bot.dialogue.vocabulary import BEGINS, VoiceKind
from tests.dialogue.broken_files import WAARHEID
from tests.dialogue.trees import EVERY_KIND, Talk

OPEN_TO = replace(EVERY_KIND, around=replace(EVERY_KIND.around, voices=("parent", "young")))
OPEN_TO_NOBODY = replace(EVERY_KIND, around=replace(EVERY_KIND.around, voices=()))


def test_whoever_may_be_invited_is_offered_and_nobody_else() -> None:
    talk = Talk(OPEN_TO)
    talk.asks("menu")
    talk.taps("-invite")

    assert {code for code in talk.codes if "." in code} == {"-invite.parent", "-invite.young"}
    assert "vast/invite_whom" in talk.words


def test_inviting_asks_the_world_and_shows_the_question_again() -> None:
    talk = Talk(OPEN_TO)
    question = talk.said
    talk.asks("menu")

    talk.taps("-invite", "-invite.young")

    assert talk.effects(Invite) == [Invite("young")]
    assert talk.said.parts == question.parts
    assert talk.conversation.screen == "question"


@pytest.mark.parametrize("code", ["-invite", "-invite.parent", "-join"])
def test_where_nobody_can_be_invited_these_buttons_do_nothing(code: str) -> None:
    talk = Talk(OPEN_TO_NOBODY)

    talk.taps(code)

    assert "vast/old_button" in talk.words
    assert not talk.effects(Invite)
    assert not talk.effects(Join)


@pytest.mark.parametrize("code", ["-invite.child", "-invite.", "-invite.oma"])
def test_someone_who_is_not_offered_is_not_invited(code: str) -> None:
    talk = Talk(OPEN_TO)
    talk.asks("menu")
    talk.taps("-invite", code)

    assert not talk.effects(Invite)


def test_a_chat_that_was_cleared_shows_nothing_of_it() -> None:
    talk = Talk(OPEN_TO)
    talk.asks("leave")

    talk.taps("-invite")

    assert "vast/invite_whom" not in talk.words


@pytest.mark.parametrize(
    ("voice", "label"), [("parent", "invite_other_parent"), ("young", "invite_parent")]
)
def test_a_parent_reads_that_it_is_the_other_parent(voice: VoiceKind, label: str) -> None:
    talk = Talk(replace(OPEN_TO, voice=voice))
    talk.asks("menu")
    talk.taps("-invite")

    assert f"vast/{label}" in {
        getattr(key.label, "key", "") for row in talk.said.rows for key in row
    }


@pytest.mark.parametrize("voice", ["parent", "young"])
def test_at_the_end_a_parent_who_sent_is_offered_to_invite(voice: VoiceKind) -> None:
    talk = Talk(replace(OPEN_TO, voice=voice)).to_the_review()
    talk.taps("-agree", "send")

    assert ("-invite" in talk.codes) == (voice == "parent")


def test_who_did_not_send_is_not_offered_it_there() -> None:
    talk = Talk(OPEN_TO).to_the_review()
    talk.taps("-agree", "keep")

    assert "-invite" not in talk.codes


def test_inviting_at_the_end_leaves_the_talk_done() -> None:
    talk = Talk(OPEN_TO).to_the_review()
    talk.taps("-agree", "send", "-invite", "-invite.parent")

    assert talk.conversation.status == "done"
    assert talk.effects(Invite)


def test_who_comes_with_an_invitation_hears_the_truth_first_and_then_that() -> None:
    begun = Conversation(EVERY_KIND.name, EVERY_KIND.revision, "nl", team="linde")

    step = advance(EVERY_KIND, begun, Invited("in"))

    met, truth, question = step.effects
    assert met == Meet()
    assert isinstance(truth, Say)
    assert isinstance(question, Say)
    assert truth.parts == (Part((Text("proef/welkom/text"),)),)
    assert question.parts[0] == line("invitation_in")
    assert step.conversation.team == "linde"


def test_where_no_talk_was_open_nothing_is_asked_about_it() -> None:
    begun = Conversation(EVERY_KIND.name, EVERY_KIND.revision, "nl", team="linde")

    assert advance(EVERY_KIND, begun, Invited("asked", "geheim")) == advance(
        EVERY_KIND, begun, Started("linde")
    )


def test_a_talk_that_goes_on_from_another_keeps_its_buttons_apart() -> None:
    """It counts on from the turn of the talk that was there, and closes nothing of its own."""
    begun = Conversation(EVERY_KIND.name, EVERY_KIND.revision, "nl", team="linde", turn=8)

    step = advance(EVERY_KIND, begun, Invited("in"))

    assert step.conversation.turn == 9
    assert not [effect for effect in step.effects if isinstance(effect, Close)]


@pytest.mark.parametrize("door", ["own", "already", "gone", "in"])
def test_an_invitation_that_is_not_for_them_leaves_everything_as_it_is(door: Door) -> None:
    talk = Talk(OPEN_TO).to_the_circle()
    before = talk.conversation

    talk.happens(Invited(door))

    assert talk.conversation == before
    assert f"vast/invitation_{door}" in talk.words


def test_who_told_something_is_asked_first_and_can_stay() -> None:
    talk = Talk(OPEN_TO).to_the_circle()
    here = talk.conversation

    talk.happens(Invited("asked", "een-link"))
    assert {"-join", "-on"} <= talk.codes
    assert not talk.effects(Join)

    talk.taps("-on")
    assert talk.conversation == replace(here, turn=talk.conversation.turn, invitation=None)


def test_who_wants_to_take_part_asks_the_world() -> None:
    talk = Talk(OPEN_TO).to_the_circle()
    talk.happens(Invited("asked", "een-link"))

    talk.taps("-join")

    assert talk.effects(Join) == [Join("een-link")]
    assert isinstance(talk.step.effects[0], Close)
    assert talk.conversation.invitation is None
    talk.happens(Invited("gone"))
    assert "vast/invitation_gone" in talk.words


def test_the_button_works_on_its_own_screen_only() -> None:
    talk = Talk(OPEN_TO).to_the_circle()
    talk.happens(Invited("asked", "een-link"))
    talk.asks("help")

    talk.taps("-join")

    assert not talk.effects(Join)


def test_who_told_nothing_yet_goes_there_at_once() -> None:
    talk = Talk(OPEN_TO)

    talk.happens(Invited("asked", "een-link"))

    assert talk.effects(Join) == [Join("een-link")]


def test_an_older_button_and_a_second_start_forget_the_invitation() -> None:
    talk = Talk(OPEN_TO).to_the_circle()
    talk.happens(Invited("asked", "een-link"))
    turn = talk.conversation.turn
    talk.happens(Started("eik"))

    talk.happens(Tapped(turn, "-join"))

    assert not talk.effects(Join)


def test_an_invitation_shows_its_links_and_without_a_bot_only_one() -> None:
    both = given("https://samen.example/i/x", "https://t.me/samen_bot?start=i_x")
    one = given("https://samen.example/i/x", "")

    assert [part.pieces[0] for part in both if part.role == "link"] == [
        Quote("https://samen.example/i/x"),
        Quote("https://t.me/samen_bot?start=i_x"),
    ]
    assert [part.pieces[0] for part in one if part.role == "link"] == [
        Quote("https://samen.example/i/x")
    ]


def test_no_invitation_shows_in_a_log() -> None:
    shown = repr(Invited("asked", "een-geheim")) + repr(Join("een-geheim"))

    assert "een-geheim" not in shown


# --- Whose voice a dialogue gives ---------------------------------------------------------------


def voice_of(name: str, voice: str = "") -> VoiceKind:
    text = (
        f"dialogue: {name}\n{voice}start: begin\n"
        "nodes:\n  begin: {use: waarheid, next: einde}\n  einde: {end: Dag.}\n"
    )
    compiled = compile_dialogue(Source(name, text), {"waarheid": WAARHEID})
    assert isinstance(compiled, Compiled), compiled
    return compiled.dialogue.voice


def test_a_dialogue_says_whose_voice_it_gives_or_its_name_does() -> None:
    assert {name: voice_of(name) for name in BEGINS.values()} == {
        name: kind for kind, name in BEGINS.items()
    }
    assert voice_of("buurman") == "other"
    assert voice_of("pleegouder", "voice: parent\n") == "parent"
