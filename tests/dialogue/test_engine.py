"""What happens at each kind of node, one deed at a time."""

import pytest
from msgspec.structs import replace

from bot.dialogue.answers import Chosen, Counted, Reached, Said, Skipped, Worded
from bot.dialogue.effects import ClearChat, Close, Erase, GiveOver, Redraw, SetAlarm
from bot.dialogue.events import (
    Asked,
    Control,
    Edited,
    Event,
    Rang,
    Sent,
    Shared,
    Started,
    Tapped,
    Wrote,
)
from bot.dialogue.fitting import fits
from bot.dialogue.hearing import LONGEST_ANSWER
from bot.dialogue.message import Quote, Say, Text
from bot.dialogue.phrases import line
from bot.dialogue.summary import summarise
from bot.dialogue.tree import (
    All,
    Any,
    AtMost,
    Choice,
    Choices,
    Ending,
    HandOver,
    IsAnswered,
    Not,
    Number,
    OneOf,
    Route,
    Statement,
    TeamChoice,
    Words,
)
from tests.dialogue.trees import AROUND, EVERY_KIND, Talk, to, tree


def shown_words(talk: Talk) -> list[str]:
    """What the last message shows of someone's own words."""
    return [
        piece.words for part in talk.said.parts for piece in part.pieces if isinstance(piece, Quote)
    ]


def own_words(talk: Talk) -> str:
    """What is kept as the story in someone's own words."""
    answer = talk.conversation.answer_to("vertel")
    assert isinstance(answer, Worded)
    return answer.words


# --- Beginning ----------------------------------------------------------------------------------


def test_a_talk_opens_with_what_is_said_first_and_then_the_first_question() -> None:
    talk = Talk()

    first, question = talk.step.effects
    assert isinstance(first, Say)
    assert isinstance(question, Say)
    assert (first.asks, question.asks) == (False, True)
    assert "proef/welkom/text" in str(first)
    assert talk.at == "over_wie"


def test_any_first_message_opens_the_talk() -> None:
    talk = Talk()
    talk.conversation = type(talk.conversation)("proef", "r1", "nl", team="linde")

    talk.writes("hallo")

    assert talk.at == "over_wie"


def test_who_comes_without_a_team_is_asked_for_a_town_first() -> None:
    assert Talk(team=None).at == "team"


@pytest.mark.parametrize("typed", ["utrecht", "Ik woon in De Bilt.", "3511 AB", "in ‘Utrecht’"])
def test_a_town_or_postcode_finds_its_team(typed: str) -> None:
    talk = Talk(team=None)

    talk.writes(typed)

    assert {code for code in talk.codes if code.startswith("-team")} == {"-team.linde"}
    assert "vast/team_found" in talk.words


def test_accents_do_not_stand_between_a_family_and_its_team() -> None:
    talk = Talk(team=None)

    talk.writes("sudwest fryslan")

    assert "-team.eik" in talk.codes


def test_an_unknown_town_is_answered_with_the_teams_there_are() -> None:
    talk = Talk(team=None)

    talk.writes("Utrechtse Heuvelrug Noord? 9999 ZZ")
    talk.writes("Parijs")

    assert {"-team.linde", "-team.eik"} <= talk.codes
    assert "vast/team_not_found" in talk.words


def test_the_team_someone_taps_is_theirs() -> None:
    talk = Talk(team=None)
    talk.writes("Utrecht")

    talk.taps("-team.linde")

    assert (talk.conversation.team, talk.at) == ("linde", "over_wie")


def test_a_team_that_does_not_exist_is_not_taken() -> None:
    talk = Talk(team=None)

    talk.taps("-team.roos")

    assert (talk.conversation.team, talk.at) == (None, "team")


def test_a_team_that_is_no_longer_there_is_asked_for_again() -> None:
    talk = Talk()
    without = EVERY_KIND.furnished(type(AROUND)(teams=AROUND.teams[1:]))
    talk.dialogue = without

    talk.taps("kind")

    assert talk.at == "team"


# --- Answers ------------------------------------------------------------------------------------


def test_a_choice_is_kept_and_shown_with_its_question() -> None:
    talk = Talk()

    talk.taps("mezelf")

    assert talk.conversation.answer_to("over_wie") == Chosen(("mezelf",))
    (close,) = talk.effects(Close)
    assert "proef/over_wie/choices/mezelf" in str(close)
    assert talk.at == "vertel"


def test_typing_where_a_button_is_asked_changes_nothing_and_says_so() -> None:
    talk = Talk()
    before = talk.conversation

    talk.writes("mezelf")

    assert talk.conversation == before
    assert "vast/tap_please" in talk.words


@pytest.mark.parametrize("typed", ["9", " 9 ", "9 jaar", "hij is 9", "٩"])
def test_a_number_is_heard_in_what_someone_types(typed: str) -> None:
    talk = Talk()
    talk.taps("kind")

    talk.writes(typed)

    assert talk.conversation.answer_to("leeftijd") == Counted(9, 1)


@pytest.mark.parametrize("typed", ["negen", "99", "9 of 10", "-", "123456"])
def test_no_number_or_one_out_of_reach_is_asked_again(typed: str) -> None:
    talk = Talk()
    talk.taps("kind")

    talk.writes(typed)

    assert talk.at == "leeftijd"
    assert "vast/number_please" in talk.words


def test_a_condition_on_a_number_opens_its_branch() -> None:
    talk = Talk()
    talk.taps("kind")

    talk.writes("17")

    assert "proef/groot/text" in str(talk.step.effects)


def test_own_words_come_in_as_many_messages_as_someone_likes() -> None:
    talk = Talk()
    talk.taps("mezelf")
    turn = talk.conversation.turn

    talk.writes("Hij slaapt niet.", "Al weken.")

    assert talk.conversation.turn == turn
    assert "vast/words_kept" in talk.words
    talk.taps("-done")
    answer = talk.conversation.answer_to("vertel")
    assert isinstance(answer, Worded)
    assert answer.words == "Hij slaapt niet.\nAl weken."


def test_words_without_anything_in_them_are_asked_again() -> None:
    talk = Talk()
    talk.taps("mezelf")

    talk.writes("  ")

    assert "vast/words_please" in talk.words
    assert talk.conversation.draft == ()


def test_what_does_not_fit_is_never_cut_in_silence() -> None:
    talk = Talk()
    talk.taps("mezelf")

    talk.writes("a" * 7_000, "b" * 2_000)

    assert sum(len(said.words) for said in talk.conversation.draft) == LONGEST_ANSWER
    assert "vast/too_long" in talk.words
    talk.writes("nog meer")
    assert "vast/too_long" in talk.words
    assert sum(len(said.words) for said in talk.conversation.draft) == LONGEST_ANSWER


def test_done_before_anything_was_written_asks_again() -> None:
    talk = Talk()
    talk.taps("mezelf")

    talk.taps("-done")

    assert "vast/old_button" in talk.words


def test_choices_are_ticked_and_unticked_in_place() -> None:
    talk = Talk()
    talk.taps("mezelf")
    talk.writes("Iets.")
    talk.taps("-done")
    turn = talk.conversation.turn

    talk.taps("geld", "slapen", "geld")

    assert talk.conversation.turn == turn
    assert len(talk.effects(Redraw)) == 1
    talk.taps("-done")
    assert talk.conversation.answer_to("zwaar") == Chosen(("slapen",))


def test_nothing_ticked_is_passed_over() -> None:
    talk = Talk()
    talk.taps("mezelf", "-skip")

    talk.taps("-done")

    assert talk.conversation.answer_to("zwaar") == Skipped()


def test_nothing_ticked_where_an_answer_is_needed_is_asked_again() -> None:
    needed = Choices(id="a", context="p/a", codes=("x",), skip=False, routes=to("b"))
    talk = Talk(tree(needed, Ending(id="b", context="p/b")))

    talk.taps("-done")
    assert "vast/tick_one" in talk.words

    talk.asks("skip")
    assert "vast/no_skip" in talk.words


@pytest.mark.parametrize(
    ("node", "typed", "kept"),
    [
        ("naam", " Sanne \n de Vries ", "Sanne de Vries"),
        ("naam", "Ab\u202eba", "Ab ba"),
        ("nummer", "06-1234 5678", "06-1234 5678"),
        ("nummer", "+31 6 12345678", "+31 6 12345678"),
        ("mail", "sanne@example.org", "sanne@example.org"),
    ],
)
def test_a_way_to_reach_someone_is_kept_as_one_line(node: str, typed: str, kept: str) -> None:
    talk = reaching(node)

    talk.writes(typed)

    assert talk.conversation.answer_to(node) == Reached(kept, talk.origin)


@pytest.mark.parametrize(
    ("node", "typed", "told"),
    [
        ("naam", "x" * 65, "vast/name_please"),
        ("naam", "\u200b", "vast/name_please"),
        ("nummer", "112", "vast/phone_please"),
        ("nummer", "bel maar", "vast/phone_please"),
        ("mail", "sanne", "vast/email_please"),
        ("mail", "x" * 250 + "@example.org", "vast/email_please"),
    ],
)
def test_what_cannot_be_a_way_to_reach_someone_is_asked_again(
    node: str, typed: str, told: str
) -> None:
    talk = reaching(node)

    talk.writes(typed)

    assert talk.at == node
    assert told in talk.words


def reaching(node: str) -> Talk:
    """A talk that waits at one of the contact questions."""
    talk = Talk()
    talk.taps("mezelf", "-skip", "-done")
    while talk.at != node:
        talk.taps("-skip")
    return talk


def test_a_phone_number_can_be_shared_where_it_is_asked() -> None:
    talk = reaching("nummer")
    assert talk.said.phone == "ask"

    talk.happens(Shared("+31612345678", 5))

    assert talk.conversation.answer_to("nummer") == Reached("+31612345678", 5)
    assert "phone='done'" in str(talk.step.effects)


@pytest.mark.parametrize(
    ("given", "told"), [(Shared("+31612345678"), "noted"), (Asked("skip"), "not_noted")]
)
def test_only_a_phone_number_that_was_given_is_said_to_be_noted(given: Event, told: str) -> None:
    talk = reaching("nummer")

    talk.happens(given)

    said = next(effect for effect in talk.step.effects if isinstance(effect, Say))
    assert said.parts == (line(told),)
    assert said.phone == "done"


def test_a_phone_number_shared_elsewhere_is_not_kept() -> None:
    talk = Talk()

    talk.happens(Shared("+31612345678", 5))

    assert "31612345678" not in str(talk.conversation.answers)
    assert "vast/cannot_read" in talk.words


def test_a_photo_gets_a_kind_line_and_the_question_again() -> None:
    talk = Talk()

    talk.happens(Sent("photo"))

    assert {"vast/cannot_read", "proef/over_wie/text"} <= talk.words


# --- Review and consent -------------------------------------------------------------------------


def test_the_review_shows_every_item_word_for_word() -> None:
    talk = Talk().to_the_review()

    assert talk.at == "nakijken"
    assert {"9", "Hij slaapt niet.", "Sanne", "06 1234 5678"} <= set(shown_words(talk))


def test_an_item_that_is_changed_comes_back_to_the_review() -> None:
    talk = Talk().to_the_review()

    talk.opens_item("leeftijd")
    talk.taps("-change")
    assert talk.at == "leeftijd"
    talk.writes("10")

    assert talk.at == "nakijken"
    assert "10" in shown_words(talk)


def test_an_item_that_is_left_out_stays_off_the_page_and_can_come_back() -> None:
    talk = Talk().to_the_review()

    talk.opens_item("vertel")
    talk.taps("-omit")
    kept = [item.question for item in summarise(talk.dialogue, talk.conversation).items]
    assert "vertel" not in kept
    assert "vast/left_out" in talk.words
    assert "Hij slaapt niet." not in shown_words(talk)

    talk.opens_item("vertel")
    talk.taps("-omit")
    kept = [item.question for item in summarise(talk.dialogue, talk.conversation).items]
    assert "vertel" in kept


def test_an_item_can_be_kept_as_it_is() -> None:
    talk = Talk().to_the_review()
    before = talk.conversation.answers

    talk.opens_item("vertel")
    talk.taps("-keep")

    assert (talk.at, talk.conversation.answers) == ("nakijken", before)


def test_a_review_button_that_means_nothing_here_asks_again() -> None:
    talk = Talk().to_the_review()

    for code in ("-item.99", "-change", "-agree.x", "niets"):
        talk.taps(code) if code != "-agree.x" else None
        assert talk.at == "nakijken"
    assert "vast/old_button" in talk.words
    early = Talk()
    early.taps("-agree")
    assert early.at == "over_wie"


def test_a_review_of_nothing_says_so() -> None:
    talk = Talk()
    talk.asks("skip")
    while talk.at != "nakijken":
        talk.asks("skip")

    assert "vast/review_empty" in talk.words


def test_nothing_is_given_over_without_a_yes() -> None:
    talk = Talk().to_the_review()

    talk.taps("-agree")
    assert talk.effects(GiveOver) == []
    talk.taps("keep")

    assert talk.effects(GiveOver) == []
    assert (talk.at, talk.conversation.status) == ("bewaard", "done")


def test_a_yes_gives_the_page_to_the_team_once() -> None:
    talk = Talk().to_the_review()
    talk.taps("-agree")
    consent = Tapped(talk.conversation.turn, "send")

    talk.happens(consent)
    assert talk.effects(GiveOver) == [GiveOver("linde")]
    assert talk.at == "einde"

    talk.happens(consent)
    assert talk.effects(GiveOver) == []


def test_what_was_sent_can_no_longer_be_changed() -> None:
    talk = Talk().to_the_review()
    talk.taps("-agree", "send")

    talk.asks("back")
    assert "vast/no_way_back" in talk.words

    talk.happens(Edited("Hij slaapt wel.", 2))
    assert "vast/edited_sent" in talk.words
    assert own_words(talk) == "Hij slaapt niet."


def test_a_no_can_become_a_yes_later() -> None:
    talk = Talk().to_the_review()
    talk.taps("-agree", "keep")

    talk.asks("back")

    assert talk.at == "nakijken"
    talk.taps("-agree", "send")
    assert talk.effects(GiveOver) == [GiveOver("linde")]


def test_a_change_after_the_review_opens_the_review_again() -> None:
    talk = Talk().to_the_review()
    talk.taps("-agree")
    assert talk.at == "sturen"

    talk.happens(Edited("Hij slaapt weer.", 2))

    assert talk.at == "nakijken"
    assert "Hij slaapt weer." in shown_words(talk)


# --- Edited messages ----------------------------------------------------------------------------


def test_an_edited_message_corrects_its_own_answer() -> None:
    talk = Talk()
    talk.taps("mezelf")
    talk.writes("Hij slaapt niet.", "Al weken.")

    talk.happens(Edited("Al maanden.", 2))
    assert talk.conversation.draft == (Said("Hij slaapt niet.", 1), Said("Al maanden.", 2))

    talk.taps("-done")
    talk.happens(Edited("Hij slaapt slecht.", 1))
    answer = talk.conversation.answer_to("vertel")
    assert isinstance(answer, Worded)
    assert answer.words == "Hij slaapt slecht.\nAl maanden."


def test_an_edited_number_that_does_not_fit_keeps_the_old_one() -> None:
    talk = Talk()
    talk.taps("kind")
    talk.writes("9")

    talk.happens(Edited("negen", 1))
    assert talk.conversation.answer_to("leeftijd") == Counted(9, 1)
    assert {"vast/edited_not", "vast/number_please"} <= talk.words

    talk.happens(Edited("10", 1))
    assert talk.conversation.answer_to("leeftijd") == Counted(10, 1)


def test_an_answer_left_out_stays_out_when_it_is_corrected() -> None:
    talk = Talk().to_the_review()
    talk.opens_item("vertel")
    talk.taps("-omit")

    talk.happens(Edited("Anders.", 2))

    assert "vertel" not in [i.question for i in summarise(talk.dialogue, talk.conversation).items]


def test_an_edit_of_something_that_was_no_answer_changes_nothing() -> None:
    talk = Talk()
    before = talk.conversation

    talk.happens(Edited("hallo", 99))

    assert talk.conversation == before
    assert "vast/edited_nothing" in talk.words


def test_an_edit_for_a_question_that_is_gone_keeps_the_old_answer() -> None:
    talk = Talk()
    talk.taps("kind")
    talk.writes("9")
    node = EVERY_KIND.nodes["over_wie"]
    assert isinstance(node, Choice)
    talk.dialogue = tree(
        Choice(id="over_wie", context="proef/over_wie", codes=node.codes, routes=to("einde")),
        Ending(id="einde", context="proef/einde"),
    )

    talk.happens(Edited("10", 1))

    assert "vast/edited_not" in talk.words


# --- Controls -----------------------------------------------------------------------------------


def test_back_shows_the_earlier_answer_and_going_on_returns_to_the_open_question() -> None:
    talk = Talk()
    talk.taps("mezelf")
    talk.writes("Hij slaapt niet.")
    talk.taps("-done")

    talk.asks("back")
    assert talk.at == "vertel"
    assert "Hij slaapt niet." in shown_words(talk)

    talk.taps("-on")
    assert talk.at == "zwaar"


def test_back_loses_no_word_that_was_written() -> None:
    talk = Talk()
    talk.taps("mezelf")
    talk.writes("Half verhaal.")

    talk.asks("back")

    assert own_words(talk) == "Half verhaal."


def test_back_loses_no_tick() -> None:
    talk = Talk()
    talk.taps("mezelf", "-skip", "geld")

    talk.asks("back")
    talk.taps("-on")

    assert talk.conversation.answer_to("zwaar") == Chosen(("geld",))


def test_a_new_answer_on_an_earlier_question_opens_what_it_opens() -> None:
    talk = Talk()
    talk.taps("mezelf", "-skip")
    talk.asks("back")
    talk.asks("back")
    assert talk.at == "over_wie"

    talk.taps("kind")

    assert talk.at == "leeftijd"


def test_an_answer_on_a_closed_branch_leaves_the_page_and_comes_back_with_it() -> None:
    talk = Talk()
    talk.taps("kind")
    talk.writes("9")

    talk.asks("back")
    talk.asks("back")
    talk.taps("mezelf")
    assert "leeftijd" not in str(summarise(talk.dialogue, talk.conversation))

    talk.asks("back")
    talk.taps("kind")
    assert "leeftijd" in str(summarise(talk.dialogue, talk.conversation))
    assert talk.at == "vertel"


def test_there_is_no_way_back_from_the_first_question() -> None:
    talk = Talk()

    talk.asks("back")

    assert "vast/no_way_back" in talk.words
    assert "-back" not in talk.codes


def test_what_was_written_counts_when_someone_skips() -> None:
    talk = Talk()
    talk.taps("mezelf")
    talk.writes("Iets.")

    talk.asks("skip")

    assert isinstance(talk.conversation.answer_to("vertel"), Worded)


def test_the_menu_offers_what_can_be_done_here() -> None:
    talk = Talk()

    talk.taps("-menu")

    assert {"-skip", "-why", "-pause", "-language", "-erase", "-on"} <= talk.codes
    talk.taps("-why")
    assert "proef/over_wie/why" in talk.words
    talk.taps("-on")
    assert talk.at == "over_wie"


def test_why_says_so_where_nothing_is_asked() -> None:
    talk = reaching("naam")

    talk.asks("why")

    assert "vast/why_nothing" in talk.words


def test_help_is_there_even_under_an_old_message() -> None:
    talk = Talk()
    talk.taps("mezelf")

    talk.happens(Tapped(1, "-help"))

    assert {"vast/help_intro", "hulplijnen/112/name"} <= talk.words


def test_typing_while_another_screen_is_on_top_answers_the_question() -> None:
    talk = Talk()
    talk.taps("mezelf", "-menu")

    talk.writes("Hij slaapt niet.")

    assert talk.conversation.draft == (Said("Hij slaapt niet.", 1),)
    assert "proef/vertel/text" in talk.words
    assert "vast/draft_kept" in talk.words


def test_leaving_clears_the_chat_and_keeps_the_draft() -> None:
    talk = Talk()
    talk.taps("mezelf")
    talk.writes("Hij slaapt niet.")

    talk.happens(Tapped(1, "-leave"))

    assert talk.effects(ClearChat) == [ClearChat()]
    assert talk.conversation.draft == (Said("Hij slaapt niet.", 1),)
    assert talk.said.rows == ()


@pytest.mark.parametrize(
    "event",
    [
        Started(),
        Asked("back"),
        Asked("menu"),
        Wrote("hallo", 50),
        Edited("hallo", 1),
        Sent("photo"),
        Shared("+31612345678", 51),
        Tapped(-1, "kind"),
    ],
)
def test_after_leaving_nothing_of_the_talk_shows_until_someone_says_go_on(event: object) -> None:
    talk = Talk()
    talk.taps("mezelf")
    talk.writes("Hij slaapt niet.")
    talk.asks("leave")

    talk.happens(event)  # type: ignore[arg-type]

    assert "vast/resume" in talk.words
    assert not any(key.startswith("proef/") for key in talk.words)
    assert shown_words(talk) == []
    talk.taps("-on")
    assert "proef/vertel/text" in talk.words


def test_help_and_language_lead_back_to_the_closed_door_after_leaving() -> None:
    talk = Talk()
    talk.asks("leave")

    talk.asks("help")
    talk.taps("-on")
    assert "vast/resume" in talk.words

    talk.asks("language")
    talk.taps("-lang.en")
    assert "vast/resume" in talk.words
    assert talk.conversation.language == "en"


def test_a_pause_keeps_the_place_and_reminds_only_when_asked() -> None:
    talk = Talk()
    talk.asks("pause")
    assert talk.conversation.status == "paused"
    assert talk.effects(SetAlarm) == []

    talk.taps("-remind.1")
    (alarm,) = talk.effects(SetAlarm)
    assert alarm == SetAlarm("remind", 1, talk.conversation.turn)

    talk.happens(Rang("remind", alarm.turn))
    assert "vast/resume" in talk.words
    talk.taps("-on")
    assert (talk.at, talk.conversation.status) == ("over_wie", "open")


def test_no_reminder_is_offered_to_someone_it_would_not_reach() -> None:
    talk = Talk()
    talk.conversation = replace(talk.conversation, reachable=False)

    talk.asks("pause")

    assert "vast/paused" in talk.words
    assert not {"-remind.1", "-remind.7"} & talk.codes


def test_an_alarm_of_an_earlier_turn_is_void() -> None:
    talk = Talk()
    talk.asks("pause")
    talk.taps("-remind.1")
    old = talk.conversation.turn
    talk.taps("-on")
    before = talk.conversation

    talk.happens(Rang("remind", old))

    assert (talk.conversation, talk.step.effects) == (before, ())


def test_writing_in_a_pause_goes_on_at_once() -> None:
    talk = Talk()
    talk.taps("mezelf")
    talk.asks("pause")

    talk.writes("Ik weer.")

    assert talk.conversation.status == "open"
    assert talk.conversation.draft == (Said("Ik weer.", 1),)


def test_erasing_takes_a_second_yes() -> None:
    talk = Talk()

    talk.asks("erase")
    assert talk.effects(Erase) == []
    talk.taps("-erase.yes")

    assert talk.effects(Erase) == [Erase()]
    fresh = Talk()
    fresh.taps("-erase.yes")
    assert fresh.effects(Erase) == []


def test_starting_again_asks_whether_to_go_on() -> None:
    talk = Talk()
    talk.taps("mezelf")

    talk.happens(Started())
    assert "vast/resume" in talk.words
    talk.taps("-again", "-again.yes")

    assert (talk.at, talk.conversation.answers) == ("over_wie", ())


def test_who_told_something_that_nobody_has_is_asked_before_it_is_gone() -> None:
    talk = Talk().to_the_review()
    talk.taps("-agree", "keep")
    told = talk.conversation.answers

    talk.taps("-again")
    assert "vast/again_sure" in talk.words
    talk.taps("-on")

    assert talk.conversation.answers == told
    assert talk.conversation.status == "done"


def test_words_that_are_not_closed_yet_are_asked_about_too() -> None:
    einde = Ending(id="einde", context="proef/einde")
    talk = Talk(tree(Words(id="vertel", context="proef/vertel", routes=to("einde")), einde))
    talk.writes("Hij slaapt niet.")
    talk.happens(Started())

    talk.taps("-again")

    assert "vast/again_sure" in talk.words


def test_what_was_sent_is_with_the_team_so_nobody_is_asked() -> None:
    talk = Talk().to_the_review()
    talk.taps("-agree", "send", "-again")

    assert talk.at == "over_wie"


def test_a_yes_that_was_never_asked_begins_nothing() -> None:
    talk = Talk().to_the_review()
    talk.taps("-agree", "keep")

    talk.taps("-again.yes")

    assert talk.conversation.answers
    assert "vast/again_sure" in talk.words


def test_beginning_again_by_another_teams_link_goes_to_that_team() -> None:
    talk = Talk()
    talk.taps("mezelf")

    talk.happens(Started("eik"))
    talk.taps("-again", "-again.yes")

    assert talk.conversation.team == "eik"


def test_another_teams_link_before_anything_was_told_changes_the_team() -> None:
    talk = Talk()

    talk.happens(Started("eik"))

    assert (talk.conversation.team, talk.at) == ("eik", "over_wie")


def test_beginning_again_is_only_offered_where_it_is_drawn() -> None:
    talk = Talk()
    talk.taps("mezelf")

    talk.taps("-again")

    assert talk.conversation.answers != ()


def test_after_the_end_typing_says_how_to_begin_again() -> None:
    talk = Talk().to_the_review()
    talk.taps("-agree", "keep")

    talk.writes("Nog iets")

    assert "vast/done_wrote" in talk.words
    assert "-again" in talk.codes


def test_unknown_buttons_of_our_own_ask_again() -> None:
    for code in ("-zz", "-remind.1", "-lang.xx", "-team.linde"):
        talk = Talk()
        talk.taps(code)
        assert "vast/old_button" in talk.words
    over = Talk()
    over.taps("-menu", "kind")
    assert "vast/old_button" in over.words


# --- Conditions ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("condition", "codes", "opens"),
    [
        (OneOf("a", ("x",)), ("x",), True),
        (OneOf("a", ("x",)), ("y",), False),
        (Not(OneOf("a", ("x",))), ("y",), True),
        (All((OneOf("a", ("x",)), OneOf("a", ("y",)))), ("x",), False),
        (All((OneOf("a", ("x",)), OneOf("a", ("y",)))), ("x", "y"), True),
        (Any((OneOf("a", ("x",)), OneOf("a", ("y",)))), ("y",), True),
        (IsAnswered("a"), ("x",), True),
        (IsAnswered("a"), (), False),
        (AtMost("a", 3), (), False),
    ],
)
def test_a_route_is_taken_when_its_condition_holds(
    condition: object, codes: tuple[str, ...], *, opens: bool
) -> None:
    talk = Talk(
        tree(
            Choices(
                id="a",
                context="p/a",
                codes=("x", "y"),
                routes=to(Route("ja", condition), "nee"),  # type: ignore[arg-type]
            ),
            Words(id="ja", context="p/ja", routes=to("einde")),
            Words(id="nee", context="p/nee", routes=to("einde")),
            Ending(id="einde", context="p/einde"),
        )
    )

    talk.taps(*codes, "-done")

    assert talk.at == ("ja" if opens else "nee")


def test_a_number_opens_a_route_up_to_a_height() -> None:
    dialogue = tree(
        Number(
            id="n",
            context="p/n",
            least=0,
            most=20,
            routes=to(Route("laag", AtMost("n", 11)), "hoog"),
        ),
        Ending(id="laag", context="p/laag"),
        Ending(id="hoog", context="p/hoog"),
    )
    for typed, end in (("11", "laag"), ("12", "hoog")):
        talk = Talk(dialogue)
        talk.writes(typed)
        assert talk.at == end


def test_an_answer_that_no_longer_fits_is_asked_again() -> None:
    """An author took a choice away; who had chosen it has a place, and nothing else is lost."""
    talk = Talk()
    talk.taps("kind")
    talk.dialogue = tree(
        Choice(id="over_wie", context="p/o", codes=("gezin",), routes=to("vertel")),
        Words(id="vertel", context="p/v", routes=to("einde")),
        Ending(id="einde", context="p/e"),
    )

    talk.writes("9")

    assert talk.at == "over_wie"


def test_what_is_said_of_the_length_never_falls_short() -> None:
    assert EVERY_KIND.ahead["over_wie"] == 10
    assert EVERY_KIND.ahead["vertel"] == 8
    assert EVERY_KIND.ahead["einde"] == 0


def test_texts_carry_no_words_of_a_family_into_a_log() -> None:
    for value in (Said("geheim"), Wrote("geheim"), Edited("geheim", 1), Quote("geheim")):
        assert "geheim" not in repr(value)
    for other in (Shared("0612345678"), Reached("0612345678"), Counted(61234)):
        assert "61234" not in repr(other)
    assert "a" in repr(Text("a"))


def test_without_a_team_nothing_is_sent() -> None:
    dialogue = tree(
        HandOver(id="sturen", context="p/s", routes=to("einde"), otherwise="einde"),
        Ending(id="einde", context="p/e"),
    )
    talk = Talk(dialogue, team=None)

    talk.taps("send")

    assert talk.at == "sturen"
    assert "vast/team_not_found" in talk.words


def test_an_item_that_is_gone_leads_back_to_the_review() -> None:
    talk = Talk().to_the_review()
    talk.conversation = replace(talk.conversation, screen="item", item="weg")

    talk.happens(Sent("photo"))
    assert "vast/item_gone" in talk.words
    talk.taps("-on")

    assert talk.conversation.screen == "question"


def test_a_team_is_never_an_answer_of_its_own() -> None:
    assert not fits(TeamChoice(id="team", context="p/t", routes=to("einde")), Chosen(("linde",)))


def test_a_tree_that_no_compiler_saw_may_have_no_way_out() -> None:
    dialogue = tree(
        Statement(id="hoi", context="p/h", routes=to(Route("einde", IsAnswered("hoi")))),
        Ending(id="einde", context="p/e"),
    )

    with pytest.raises(LookupError):
        Talk(dialogue)


@pytest.mark.parametrize("control", ["pause", "leave"])
def test_who_was_away_when_their_question_went_is_asked_to_go_on(control: Control) -> None:
    talk = Talk()
    talk.taps("mezelf")
    talk.asks(control)
    status = talk.conversation.status
    talk.dialogue = tree(
        Choice(id="over_wie", context="p/o", codes=("mezelf",), routes=to("einde")),
        Ending(id="einde", context="p/e"),
    )

    talk.happens(Sent("photo"))

    assert (talk.at, talk.conversation.status) == ("einde", status)
    assert talk.conversation.screen == "resume"
