"""A code of someone's own: chosen once, asked for when they come back, and it only costs time."""

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.dialogue.answers import Said, Worded
from bot.dialogue.around import TeamPlace
from bot.dialogue.controls import WHEN_LEFT
from bot.dialogue.conversation import Conversation, Held
from bot.dialogue.effects import Effect, Erase, SetAlarm, Sweep, Unsay
from bot.dialogue.engine import advance
from bot.dialogue.events import (
    CONTROLS,
    RESTED,
    SWEEPING,
    Control,
    Edited,
    Event,
    Invited,
    NoteLost,
    Rang,
    Sent,
    Shared,
    Spoke,
    Started,
    Tapped,
    TooFast,
    Wrote,
)
from bot.dialogue.lock import digits_in, holding, shut_since
from bot.dialogue.locking import MOST_WRONG, RESTS
from bot.dialogue.message import Part, Quote, Say, Text
from bot.dialogue.summary import summarise
from bot.dialogue.tree import Dialogue, Onward
from tests.dialogue.test_laws import EVENTS, many
from tests.dialogue.trees import AROUND, EVERY_KIND, FULLER, Talk

STORY = "Hij slaapt niet."
CODE, OTHER = "4071", "9999"

LINDE = replace(AROUND.teams[0], pin=True)
AROUND_PIN = replace(AROUND, teams=(LINDE, AROUND.teams[1]))
PINNED = EVERY_KIND.furnished(AROUND_PIN)


_ZWAAR, _VERTEL = PINNED.nodes["zwaar"], PINNED.nodes["vertel"]
assert isinstance(_ZWAAR, Onward)
assert isinstance(_VERTEL, Onward)
SHORTER = replace(
    PINNED,
    nodes={
        **{name: node for name, node in PINNED.nodes.items() if name != "zwaar"},
        "vertel": replace(_VERTEL, routes=_ZWAAR.routes),
    },
).furnished(AROUND_PIN)
"""The same without a question: names are asked right after the own words."""


def told(dialogue: Dialogue = PINNED) -> Talk:
    """Someone who just told something in their own words, for the first time."""
    talk = Talk(dialogue)
    talk.taps("mezelf")
    talk.writes(STORY)
    talk.taps("-done")
    return talk


def choosing(dialogue: Dialogue = PINNED) -> Talk:
    talk = told(dialogue)
    talk.taps("-code")
    return talk


def with_code(dialogue: Dialogue = PINNED) -> Talk:
    talk = choosing(dialogue)
    talk.writes(CODE, CODE)
    return talk


def away(dialogue: Dialogue = PINNED) -> Talk:
    talk = with_code(dialogue)
    talk.asks("leave")
    talk.happens(Started())
    return talk


def words_in(effects: tuple[Effect, ...]) -> str:
    """Everything that can be read in ``effects``: quotes, and keys of texts."""
    return msgspec.json.encode(list(effects)).decode()


def test_a_code_is_offered_once_with_the_question_after_the_first_own_words() -> None:
    talk = Talk(PINNED)
    talk.taps("mezelf")
    assert "-code" not in talk.codes

    talk.writes(STORY)
    talk.taps("-done")

    assert (talk.at, talk.conversation.screen) == ("zwaar", "question")
    assert {"proef/zwaar/text", "vast/code_offer"} <= talk.words
    assert {"geld", "-done", "-code"} <= talk.codes
    talk.taps("geld", "-done")
    assert talk.at == "kring"
    assert "-code" not in talk.codes


def test_who_looked_at_choosing_a_code_is_not_offered_one_again() -> None:
    talk = choosing()
    assert "vast/code_choose" in talk.words

    talk.taps("-on")

    assert talk.at == "zwaar"
    assert "-code" not in talk.codes


def test_the_offer_stands_beside_no_question_that_was_answered_before() -> None:
    talk = Talk(PINNED)
    talk.taps("mezelf")
    talk.writes(STORY)

    talk.asks("back")

    assert talk.at == "over_wie"
    assert "-code" not in talk.codes


def test_another_team_offers_no_code() -> None:
    talk = Talk(PINNED, team="eik")
    talk.taps("mezelf")
    talk.writes(STORY)
    talk.taps("-done")

    assert talk.at == "zwaar"
    assert "-code" not in talk.codes | _menu(talk)
    talk.taps("-code")
    assert "vast/old_button" in talk.words


def test_a_story_without_letters_is_not_interrupted() -> None:
    """As that of a young person's signal: six taps, and nothing typed."""
    talk = Talk(FULLER.furnished(AROUND_PIN))

    talk.taps("boos", "slapen", "-done")
    talk.asks("skip")
    talk.taps("send")

    assert talk.at == "meer"
    assert "-code" not in talk.codes
    assert "-code" in _menu(talk)


def test_the_offer_makes_no_way_longer() -> None:
    """So that the parent's way stays within its questions (promise S10)."""
    offered, bare = Talk(PINNED).to_the_review(), Talk(EVERY_KIND).to_the_review()

    assert offered.conversation.lock is not None
    assert (offered.at, offered.conversation.turn) == (bare.at, bare.conversation.turn)


def test_without_a_code_everything_is_as_it_was() -> None:
    talk = told()

    talk.asks("leave")
    talk.happens(Started())

    assert talk.words == {"vast/resume"}
    talk.taps("-on")
    assert talk.at == "zwaar"


def test_words_typed_while_a_code_is_offered_are_an_answer() -> None:
    talk = told(SHORTER)
    assert (talk.at, "-code" in talk.codes) == ("kring", True)

    talk.writes("Tante Bo")

    assert "Tante Bo" in [one.name for one in talk.conversation.people_of("kring")]


def test_words_typed_while_a_code_is_chosen_are_no_answer() -> None:
    talk = choosing(SHORTER)

    talk.writes("geheim")

    assert talk.words == {"vast/code_four", "vast/code_choose"}
    assert not talk.effects(Unsay)
    assert not talk.conversation.people_of("kring")


def _menu(talk: Talk) -> set[str]:
    step = advance(talk.dialogue, talk.conversation, Tapped(talk.conversation.turn, "-menu"))
    (say,) = (effect for effect in step.effects if isinstance(effect, Say))
    return {button.code for row in say.rows for button in row}


def test_a_code_counts_when_it_is_typed_twice_and_leaves_the_chat_each_time() -> None:
    talk = choosing()

    talk.writes(CODE)
    assert talk.words == {"vast/code_again", "vast/code_unseen"}
    assert talk.effects(Unsay) == [Unsay(talk.origin)]
    talk.writes(CODE)

    assert talk.effects(Unsay) == [Unsay(talk.origin)]
    assert "vast/code_set" in talk.words
    assert (talk.at, talk.conversation.screen) == ("zwaar", "question")


@pytest.mark.parametrize("typed", [("407",), ("40711",), (CODE, OTHER)])
def test_what_is_no_code_or_another_is_asked_again(typed: tuple[str, ...]) -> None:
    talk = choosing()

    talk.writes(*typed)

    assert talk.conversation.screen == "code"
    assert talk.words & {"vast/code_four", "vast/code_differs"}
    assert talk.effects(Unsay) == [Unsay(talk.origin)]
    talk.asks("leave")
    talk.happens(Started())
    assert talk.words == {"vast/resume"}


@pytest.mark.parametrize("typed", ["4071", " 4 0 7 1 ", "٤٠٧١", "\u20674071\u2069", "40 71\n"])
def test_digits_are_digits_in_every_script(typed: str) -> None:
    assert digits_in(typed) == CODE


@pytest.mark.parametrize("typed", ["", "  ", "vier", "40-71", "40a1", "½071"])
def test_anything_else_is_no_code(typed: str) -> None:
    assert digits_in(typed) == ""


def test_a_code_can_be_changed_and_removed_in_the_menu() -> None:
    talk = with_code()

    talk.asks("menu")
    talk.taps("-code")
    assert talk.words == {"vast/code_change"}
    talk.writes(OTHER, OTHER)
    assert talk.conversation.lock is not None
    assert talk.conversation.lock.code == OTHER
    talk.taps("-code", "-code.off")

    assert "vast/code_removed" in talk.words
    talk.asks("leave")
    talk.happens(Started())
    assert talk.words == {"vast/resume"}


def test_a_code_can_be_chosen_when_the_talk_is_done() -> None:
    talk = Talk(PINNED).to_the_review()
    talk.taps("-agree", "send")
    assert talk.conversation.status == "done"

    talk.taps("-code")
    talk.writes(CODE, CODE)

    assert (talk.conversation.status, talk.conversation.screen) == ("done", "question")
    talk.asks("leave")
    talk.writes(CODE)
    assert (talk.conversation.status, talk.conversation.screen) == ("done", "question")


def test_a_code_stays_when_the_team_does_not_want_codes_any_more() -> None:
    talk = away()
    talk.dialogue = EVERY_KIND

    talk.writes("wat stond hier ook weer")

    assert talk.conversation.screen == "locked"
    talk.writes(CODE)
    assert "-code" in _menu(talk)


# --- Coming back ----------------------------------------------------------------------------------


def test_who_left_is_asked_for_the_code_and_goes_on_where_they_were() -> None:
    talk = away()
    assert talk.words == {"vast/code_locked", "vast/code_forgotten"}

    talk.writes(CODE)

    assert talk.effects(Unsay) == [Unsay(talk.origin)]
    assert (talk.at, talk.conversation.status) == ("zwaar", "open")
    assert talk.said.asks
    assert talk.conversation.answer_to("vertel") == Worded((Said(STORY, 1),), "nl")


def test_a_day_without_contact_shuts_it_too() -> None:
    talk = with_code()

    talk.happens(Rang(SWEEPING, 0))

    assert talk.effects(Sweep) == [Sweep()]
    talk.taps("-on")
    assert "vast/code_locked" in talk.words


def test_a_day_without_contact_shuts_it_when_the_question_went_too() -> None:
    talk = with_code()
    talk.dialogue = SHORTER

    talk.happens(Rang(SWEEPING, 0))

    assert talk.effects(Sweep) == [Sweep()]
    assert talk.conversation.screen == "locked"


def test_a_reminder_only_asks_for_the_code() -> None:
    talk = with_code()
    talk.asks("pause")
    talk.taps("-remind.7")
    talk.happens(Rang(SWEEPING, 0))

    talk.happens(Rang("remind", talk.conversation.turn))

    assert talk.words == {"vast/code_locked", "vast/code_forgotten"}


def test_a_link_that_was_followed_meanwhile_is_answered_after_the_code() -> None:
    talk = away()
    talk.happens(Started("eik"))
    assert talk.words == {"vast/code_locked", "vast/code_forgotten"}

    talk.writes(CODE)

    assert (talk.conversation.screen, talk.conversation.invited) == ("resume", "eik")


def test_an_invitation_is_answered_after_the_code_too() -> None:
    talk = away()
    talk.happens(Invited("asked", "een-link"))
    assert talk.words == {"vast/code_locked", "vast/code_forgotten"}

    talk.writes(CODE)

    assert (talk.conversation.screen, talk.conversation.invitation) == ("invited", "een-link")


def test_beginning_anew_keeps_the_code() -> None:
    talk = away()
    talk.happens(Started("eik"))
    talk.writes(CODE)

    talk.taps("-again", "-again.yes")
    talk.asks("leave")
    talk.happens(Started())

    assert "vast/code_locked" in talk.words


# --- While it is shut -----------------------------------------------------------------------------

FIND_IT_SHUT: list[Event] = [
    Wrote("Wat ik vergat te zeggen", 90),
    Edited("Iets anders", 1),
    Shared("+31612345678", 91),
    Sent("photo"),
    Spoke(5, 30),
    Started(),
    Invited("own", "een-link"),
]


@pytest.mark.parametrize("event", FIND_IT_SHUT, ids=lambda event: type(event).__name__)
def test_what_is_sent_while_it_is_shut_is_never_kept(event: Event) -> None:
    talk = away()
    before = talk.conversation

    talk.happens(event)

    after = talk.conversation
    assert (after.answers, after.draft, after.at) == (before.answers, before.draft, before.at)
    assert (after.status, after.screen) == ("left", "locked")


def test_help_language_leaving_and_erasing_work_while_it_is_shut() -> None:
    talk = away()
    assert talk.codes == {"-erase", "-language", "-help", "-leave"}

    talk.taps("-help")
    assert "hulplijnen/112/name" in talk.words
    talk.taps("-on", "-language", "-lang.en")
    assert (talk.conversation.language, talk.conversation.screen) == ("en", "locked")
    talk.taps("-erase", "-on")
    assert talk.conversation.screen == "locked"
    talk.taps("-leave")
    assert talk.conversation.screen == "locked"
    talk.happens(Started())
    talk.taps("-erase", "-erase.yes")

    assert talk.effects(Erase) == [Erase()]


def test_no_other_language_to_choose_is_no_button() -> None:
    talk = away(EVERY_KIND.furnished(replace(AROUND_PIN, languages=(("nl", "Nederlands"),))))

    assert talk.codes == {"-erase", "-help", "-leave"}


@pytest.mark.parametrize("control", sorted(set(CONTROLS) - set(WHEN_LEFT)))
def test_no_other_command_works_while_it_is_shut(control: Control) -> None:
    talk = away()

    talk.asks(control)

    assert talk.conversation.screen == "locked"
    assert talk.words == {"vast/code_locked", "vast/code_forgotten"}


@pytest.mark.parametrize("code", ["-write", "-circle", "-page", "-mine", "-menu", "-table", "geld"])
def test_no_other_button_works_while_it_is_shut(code: str) -> None:
    talk = away()

    talk.taps(code)

    assert talk.conversation.screen == "locked"
    assert talk.words == {"vast/code_locked", "vast/code_forgotten"}


def test_words_that_call_for_a_person_get_one_while_it_is_shut() -> None:
    talk = away()

    talk.writes("Ik denk aan zelfmoord.")

    assert "vast/care_zelfdoding" in talk.words
    assert talk.codes == {"-on", "-not_meant", "-help", "-leave"}
    talk.taps("-on")
    assert talk.conversation.screen == "locked"


def test_what_came_by_itself_is_silent_or_neutral_while_it_is_shut() -> None:
    talk = away()

    assert not talk.happens(NoteLost(5)).effects
    talk.happens(TooFast(told=True))

    assert talk.words == {"vast/too_fast", "vast/code_locked", "vast/code_forgotten"}


@many
@given(
    st.lists(st.one_of(EVENTS, st.builds(Tapped, st.integers(0, 40), st.just("-on"))), max_size=12)
)
def test_nothing_of_the_draft_is_shown_or_changed_while_it_is_shut(events: list[Event]) -> None:
    talk = away()
    before = talk.conversation

    for event in events:
        step = talk.happens(event)
        seen = words_in(step.effects)
        assert STORY not in seen
        assert "proef/" not in seen
        after = talk.conversation
        assert (after.answers, after.draft, after.at) == (before.answers, before.draft, before.at)
        assert after.status == "left"
        assert summarise(PINNED, after) == summarise(PINNED, before)
        for asked in (each for each in step.effects if isinstance(each, Say) and each.asks):
            codes = {button.code for row in asked.rows for button in row}
            assert {"-help", "-leave"} <= codes


# --- Wrong codes ----------------------------------------------------------------------------------


def test_a_wrong_code_is_told_kindly_and_can_be_tried_again() -> None:
    talk = away()

    talk.writes(OTHER)

    assert "vast/code_wrong" in talk.words
    assert talk.effects(Unsay) == [Unsay(talk.origin)]
    talk.writes(CODE)
    assert talk.at == "zwaar"
    assert talk.conversation.status == "open"


def test_after_five_wrong_ones_no_code_is_tried_for_a_while() -> None:
    talk = away()
    talk.writes(*[OTHER] * MOST_WRONG)
    assert talk.effects(SetAlarm) == [SetAlarm(RESTED, 0, talk.conversation.turn, RESTS[0])]
    assert talk.words == {"vast/code_rest_1", "vast/code_forgotten"}

    talk.writes(CODE)
    assert talk.words == {"vast/code_early", "vast/code_rest_1", "vast/code_forgotten"}
    assert talk.effects(Unsay) == [Unsay(talk.origin)]
    assert talk.conversation.screen == "locked"
    assert not talk.happens(Rang(RESTED, 1)).effects
    talk.writes(CODE)

    assert talk.conversation.status == "open"


def test_each_while_is_longer_than_the_one_before() -> None:
    talk = away()
    minutes, said = [], set[str]()
    for _ in range(4):
        talk.writes(*[OTHER] * MOST_WRONG)
        minutes += [
            alarm.minutes for alarm in talk.effects(SetAlarm) if isinstance(alarm, SetAlarm)
        ]
        said = talk.words
        talk.happens(Rang(RESTED, 0))

    assert minutes == [15, 60, 1440, 1440]
    assert "vast/code_rest_3" in said
    talk.writes(CODE)
    assert talk.conversation.lock is not None
    assert (talk.conversation.lock.wrong, talk.conversation.lock.rests) == (0, 0)


def test_what_has_not_four_digits_is_no_wrong_code() -> None:
    talk = away()

    talk.writes(*["407"] * MOST_WRONG)

    assert "vast/code_four" in talk.words
    assert not talk.conversation.lock or not talk.conversation.lock.wrong


def test_the_end_of_a_while_that_is_over_already_changes_nothing() -> None:
    for talk in (Talk(PINNED), away()):
        before = talk.conversation

        assert talk.happens(Rang(RESTED, 0)).conversation == before


def test_the_while_ends_in_another_revision_too() -> None:
    talk = away()
    talk.writes(*[OTHER] * MOST_WRONG)
    talk.asks("help")
    talk.dialogue = SHORTER

    talk.happens(Rang(RESTED, 0))
    talk.writes(CODE)

    assert (talk.conversation.status, talk.at) == ("open", "kring")


def test_a_code_that_is_chosen_while_the_question_goes_still_counts() -> None:
    talk = choosing()
    talk.dialogue = SHORTER

    talk.writes(CODE, CODE)

    assert talk.conversation.lock is not None
    assert (talk.conversation.lock.code, talk.at) == (CODE, "kring")


# --- What the team says meanwhile -----------------------------------------------------------------


def test_what_was_held_is_said_after_the_code_and_before_the_question() -> None:
    talk = away()
    first = (Part((Text("vast/page_read", {"wie": "Anna", "team": "Linde"}),)),)
    answer = (Part((Quote("Morgen bel ik."),), "quote"),)
    talk.conversation = holding(talk.conversation, first, answerable=False)
    talk.conversation = holding(talk.conversation, answer, answerable=True)

    talk.writes(CODE)

    said, question = [each for each in talk.step.effects if isinstance(each, Say)]
    assert said.parts == (*first, *answer)
    assert [button.code for row in said.rows for button in row] == ["-write", "-leave"]
    assert question.asks
    assert talk.conversation.lock is not None
    assert talk.conversation.lock.held == ()


def test_what_needs_no_answer_brings_no_button_to_write_back() -> None:
    talk = away()
    part = Part((Text("vast/page_read", {}),))
    talk.conversation = holding(talk.conversation, (part,), answerable=False)

    talk.writes(CODE)

    said = next(each for each in talk.step.effects if isinstance(each, Say))
    assert [button.code for row in said.rows for button in row] == ["-leave"]


def test_a_lock_survives_json_and_shows_no_digit() -> None:
    conversation = holding(away().conversation, (Part((Quote("Dag"),)),), answerable=True)

    kept = msgspec.json.decode(msgspec.json.encode(conversation), type=Conversation)

    assert kept == conversation
    assert kept.lock is not None
    assert kept.lock.held == (Held((Part((Quote("Dag"),)),), answerable=True),)
    assert CODE not in repr(conversation)


def test_a_place_says_whether_it_asks_for_a_code() -> None:
    assert not TeamPlace("eik", "Eik").pin


def test_what_was_said_before_it_was_shut_can_be_told_from_what_came_after() -> None:
    talk = with_code()
    assert shut_since(talk.conversation) == 0

    talk.asks("leave")
    assert shut_since(talk.conversation) == talk.conversation.turn
    talk.writes(CODE)
    assert shut_since(talk.conversation) == 0
    talk.happens(Rang(SWEEPING, 0))

    assert shut_since(talk.conversation) == talk.conversation.turn + 1
