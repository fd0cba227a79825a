"""What can be done with a page that was handed over, and what is heard of it: the core's part."""

import pytest
from msgspec.structs import replace

from bot.dialogue.answers import Worded
from bot.dialogue.effects import AskPage, Close, GiveMine, GiveOver, TakeBack, WriteTeam
from bot.dialogue.events import (
    Asked,
    Control,
    Edited,
    Missed,
    Outcome,
    PageTold,
    Tapped,
    TooFast,
    Wrote,
)
from bot.dialogue.facts import PageFacts
from bot.dialogue.hearing import LONGEST_REPLY
from bot.dialogue.message import Moment, Quote, Say, Text
from bot.dialogue.patience import too_many
from bot.dialogue.phrases import line, word
from bot.dialogue.summary import Item, summarise
from tests.dialogue.trees import EVERY_KIND, FULLER, Talk

UNREAD = PageFacts("Team De Linde", sent=100, days=30, phone="088-000 00 01", reply_days=3)
READ = replace(UNREAD, readers=(("Anna", 200), ("", 250)))
ANSWERED = replace(READ, answered=300, ends=900)
CLOSED = replace(ANSWERED, closed=400)


def sent() -> Talk:
    """Someone whose page is with the team."""
    talk = Talk().to_the_review()
    talk.taps("-agree", "send")
    return talk


def world(
    talk: Talk, page: PageFacts | None = UNREAD, outcome: Outcome = "looked"
) -> AskPage | TakeBack | WriteTeam:
    """The world answers what was asked in the last step; what that was."""
    (asked,) = talk.step.effects
    assert isinstance(asked, AskPage | TakeBack | WriteTeam)
    screen = asked.screen if isinstance(asked, AskPage) else "page"
    talk.happens(PageTold(outcome, page, screen))
    return asked


def quotes(talk: Talk) -> list[str]:
    return [
        piece.words for part in talk.said.parts for piece in part.pieces if isinstance(piece, Quote)
    ]


def values_of(talk: Talk, key: str) -> dict[str, object]:
    """What fills the placeholders of the text ``key`` in the last message."""
    (found,) = (
        piece.values
        for part in talk.said.parts
        for piece in part.pieces
        if isinstance(piece, Text) and piece.key == f"vast/{key}"
    )
    return dict(found)


# --- The menu -----------------------------------------------------------------------------------


def test_the_menu_offers_what_can_be_done_with_a_page_only_when_there_is_one() -> None:
    before = Talk().to_the_review()
    before.taps("-menu")
    after = sent()
    after.taps("-menu")

    assert not {"-page", "-write"} & before.codes
    assert {"-page", "-write"} <= after.codes
    assert "-mine" in before.codes & after.codes


def test_at_the_end_whoever_sent_can_write_to_the_team_and_who_did_not_cannot() -> None:
    kept = Talk().to_the_review()
    kept.taps("-agree", "keep")

    assert "-write" in sent().codes
    assert "-write" not in kept.codes


def test_what_was_sent_can_be_read_again_without_what_was_left_out() -> None:
    talk = Talk().to_the_review()
    reviewed = quotes(talk)
    talk.taps("-item.1", "-omit", "-agree", "send")
    talk.asks("page")
    world(talk)
    talk.taps("-sent")

    assert talk.said.parts[0] == line("sent_this", team=UNREAD.team)
    assert len(quotes(talk)) < len(reviewed)
    assert set(quotes(talk)[1:]) <= set(reviewed)
    assert "vast/left_out" not in talk.words
    assert "-on" in talk.codes


def test_where_the_talk_began_anew_nothing_of_it_is_there_to_read() -> None:
    talk = sent()
    talk.taps("-again")
    talk.asks("page")
    world(talk)

    assert "-sent" not in talk.codes
    assert "-withdraw" in talk.codes


def test_what_was_sent_is_read_from_the_page_only() -> None:
    talk = sent()

    talk.happens(Tapped(talk.conversation.turn, "-sent"))

    assert "vast/old_button" in talk.words


@pytest.mark.parametrize("page", [UNREAD, READ])
def test_the_button_says_whether_a_page_comes_back_or_is_asked_back(page: PageFacts) -> None:
    talk = sent()
    talk.asks("page")
    world(talk, page)

    back = {key.code: key.label for row in talk.said.rows for key in row}["-withdraw"]
    assert back == word("page_ask_back" if page.readers else "page_withdraw")


def test_what_is_written_is_sent_or_thrown_away_and_no_third_button_does_the_same() -> None:
    talk = sent()
    talk.writes("Mijn moeder weet hier niet van.")
    world(talk)

    assert talk.codes - {"-help", "-leave", "-menu", "-back"} == {"-write.yes", "-write.no"}


@pytest.mark.parametrize("control", ["page", "write"])
def test_who_sent_nothing_hears_so(control: Control) -> None:
    talk = Talk()

    talk.asks(control)

    assert "vast/page_none" in talk.words
    assert talk.at == "over_wie"


@pytest.mark.parametrize("control", ["page", "write", "mine"])
def test_in_a_chat_that_was_left_someone_says_first_that_they_go_on(control: Control) -> None:
    talk = sent()
    talk.asks("leave")

    talk.asks(control)

    assert talk.conversation.screen == "resume"


# --- My page ------------------------------------------------------------------------------------


def test_a_page_nobody_opened_says_so_and_when_an_answer_comes() -> None:
    talk = sent()
    talk.taps("-menu", "-page")
    assert world(talk) == AskPage("page")

    assert {"vast/page_sent", "vast/page_unopened", "vast/page_waits"} <= talk.words
    assert "vast/page_no_end" in talk.words
    assert values_of(talk, "page_sent") == {"team": "Team De Linde", "moment": Moment(100)}
    assert values_of(talk, "page_waits")["antwoordtijd"] == 3


def test_a_page_says_who_opened_it_and_what_became_of_it() -> None:
    talk = sent()
    talk.asks("page")
    world(talk, replace(CLOSED, unseen=1, others=2))

    assert {"vast/page_opened", "vast/page_was_answered", "vast/page_was_closed"} <= talk.words
    assert {"vast/page_unseen", "vast/page_ends", "vast/page_others"} <= talk.words
    assert not {"vast/page_unopened", "vast/page_waits", "vast/page_no_end"} & talk.words


def test_an_opener_whose_name_is_gone_is_the_team() -> None:
    talk = sent()
    talk.asks("page")
    world(talk, replace(READ, readers=(("", 250),)))

    assert values_of(talk, "page_opened") == {"wie": "Team De Linde", "moment": Moment(250)}


def test_a_team_without_a_profile_leaves_its_number_to_the_catalogue() -> None:
    talk = sent()
    talk.asks("page")
    world(talk, PageFacts("Oud team", sent=100, days=30))

    assert values_of(talk, "page_waits") == {"team": "Oud team"}


def test_a_page_that_is_gone_is_no_page_any_more() -> None:
    talk = sent()
    talk.asks("page")
    world(talk, None, "gone")

    assert "vast/page_gone" in talk.words
    assert (talk.at, talk.conversation.screen) == ("einde", "question")
    talk.taps("-menu")
    assert "-page" not in talk.codes


def test_the_screen_can_be_drawn_again_and_says_the_same() -> None:
    talk = sent()
    talk.asks("page")
    world(talk, READ)
    before = talk.said

    talk.happens(Tapped(0, "-old"))

    assert talk.said.parts[1:] == before.parts
    assert talk.said.rows == before.rows


# --- Taking it back -----------------------------------------------------------------------------


def taken_back(page: PageFacts = UNREAD, outcome: Outcome = "taken_back") -> Talk:
    talk = sent()
    talk.asks("page")
    world(talk, page)
    talk.taps("-withdraw")
    world(talk, page)
    talk.taps("-withdraw.yes")
    world(talk, None if outcome == "taken_back" else replace(page, asked_back=500), outcome)
    return talk


def test_taking_back_is_asked_for_first_and_can_be_left_alone() -> None:
    talk = sent()
    talk.asks("page")
    world(talk)
    talk.taps("-withdraw")
    assert world(talk) == AskPage("withdraw")

    assert "vast/withdraw_unread" in talk.words
    talk.taps("-on")
    assert (talk.at, talk.conversation.given) == ("einde", True)


def test_an_unread_page_is_taken_back_and_everything_can_be_changed_and_sent_again() -> None:
    talk = taken_back()

    assert "vast/taken_back" in talk.words
    assert (talk.at, talk.conversation.status, talk.conversation.given) == (
        "nakijken",
        "open",
        False,
    )
    talk.opens_item("vertel")
    talk.taps("-change")
    talk.writes("Iets anders")
    talk.taps("-done", "-agree", "send")
    assert talk.effects(GiveOver)
    assert talk.conversation.given
    (story,) = (item for item in summarise(EVERY_KIND, talk.conversation).items if is_story(item))
    assert isinstance(story.answer, Worded)
    assert story.answer.words == "Iets anders"


def is_story(item: Item) -> bool:
    return item.question == "vertel"


def test_nothing_that_was_answered_is_lost_by_taking_back() -> None:
    before, after = (summarise(EVERY_KIND, each.conversation) for each in (sent(), taken_back()))

    assert [(item.question, item.answer) for item in after.items] == [
        (item.question, item.answer) for item in before.items
    ]


def test_a_page_that_was_opened_is_asked_back_after_the_truth_was_told() -> None:
    talk = sent()
    talk.asks("page")
    world(talk, READ)
    talk.taps("-withdraw")
    world(talk, READ)
    assert values_of(talk, "withdraw_read") == {"wie": "Anna"}
    talk.taps("-withdraw.yes")

    assert world(talk, replace(READ, asked_back=500), "asked_back") == TakeBack(though_read=True)

    assert "vast/asked_back" in talk.words
    assert (talk.at, talk.conversation.given) == ("nakijken", True)
    talk.asks("page")
    world(talk, replace(READ, asked_back=500))
    assert "vast/page_was_asked_back" in talk.words
    assert "-withdraw" not in talk.codes


def test_who_was_told_unread_and_is_too_late_is_asked_again() -> None:
    talk = sent()
    talk.asks("page")
    world(talk)
    talk.taps("-withdraw")
    world(talk)
    talk.taps("-withdraw.yes")
    assert world(talk, READ, "read_first") == TakeBack(though_read=False)

    assert {"vast/withdraw_read_first", "vast/withdraw_read"} <= talk.words
    assert talk.conversation.answer_to("sturen") is not None
    talk.taps("-withdraw.yes")
    assert talk.step.effects == (TakeBack(though_read=True),)


def test_a_draft_that_was_begun_since_stays_as_it_is() -> None:
    talk = sent()
    talk.taps("-again", "kind")
    talk.asks("page")
    world(talk)
    talk.taps("-withdraw")
    world(talk)
    talk.taps("-withdraw.yes")
    world(talk, None, "taken_back")

    assert "vast/taken_back" in talk.words
    assert talk.at == "leeftijd"
    assert talk.conversation.answer_to("over_wie") is not None


def test_after_taking_back_a_fuller_page_is_sent_anew_from_the_first() -> None:
    talk = Talk(FULLER).to_the_first_page()
    talk.taps("send")
    talk.asks("page")
    world(talk)
    talk.taps("-withdraw")
    world(talk)
    talk.taps("-withdraw.yes")
    world(talk, None, "taken_back")

    assert "send" in talk.codes


# --- Writing to the team ------------------------------------------------------------------------


def test_words_after_the_end_are_kept_and_sent_only_after_a_yes() -> None:
    talk = sent()

    talk.writes("Mijn moeder weet hier niet van.")
    assert world(talk) == AskPage("write")

    assert quotes(talk) == ["Mijn moeder weet hier niet van."]
    assert {"vast/write_ask", "vast/write_more"} <= talk.words
    talk.writes("Bel dus niet naar huis.")
    world(talk)
    talk.taps("-write.yes")
    asked = world(talk, replace(UNREAD, unseen=1), "written")
    assert asked == WriteTeam("Mijn moeder weet hier niet van.\nBel dus niet naar huis.")
    assert "Mijn moeder" not in repr(asked)
    assert talk.conversation.reply == ()
    assert "vast/write_sent" in talk.words
    assert talk.conversation.screen == "question"


def test_a_message_can_be_changed_before_it_is_sent_and_not_after() -> None:
    talk = sent()
    talk.writes("Bel me", "morgen")
    world(talk)
    first = talk.origin - 1

    talk.happens(Edited("Bel me liever", first))
    assert quotes(talk) == ["Bel me liever", "morgen"]
    talk.happens(Edited("", talk.origin))
    assert quotes(talk) == ["Bel me liever"]

    talk.taps("-write.yes")
    assert world(talk, UNREAD, "written") == WriteTeam("Bel me liever")
    talk.happens(Edited("Toch niet", first))
    assert "vast/edited_nothing" in talk.words


def test_no_throws_it_away_and_says_so() -> None:
    talk = sent()
    talk.writes("Laat maar")
    world(talk)

    talk.taps("-write.no")

    assert "vast/write_dropped" in talk.words
    assert talk.conversation.reply == ()
    assert talk.at == "einde"


def test_going_on_keeps_what_was_written_for_later() -> None:
    talk = sent()
    talk.writes("Straks")
    world(talk)
    talk.taps("-on")

    talk.taps("-menu", "-write")
    world(talk)

    assert quotes(talk) == ["Straks"]


def test_somebody_in_the_middle_of_a_new_talk_writes_from_the_menu() -> None:
    talk = sent()
    talk.taps("-again", "kind", "-menu", "-write")
    world(talk)
    assert "vast/write_how" in talk.words

    talk.writes("9")
    world(talk)

    assert quotes(talk) == ["9"]
    assert talk.conversation.answer_to("leeftijd") is None
    talk.taps("-on")
    assert talk.at == "leeftijd"


def test_a_closed_page_says_so_and_can_be_written_to_all_the_same() -> None:
    talk = sent()
    talk.writes("Het is weer mis")
    world(talk, CLOSED)

    assert values_of(talk, "write_closed") == {
        "team": "Team De Linde",
        "moment": Moment(400),
        "telefoon_team": "088-000 00 01",
    }
    assert "-write.yes" in talk.codes


def test_words_for_a_page_that_is_gone_are_not_kept_and_that_is_said() -> None:
    talk = sent()
    talk.writes("Hallo?")
    world(talk, None, "gone")

    assert {"vast/page_gone", "vast/write_not_kept"} <= talk.words
    assert talk.conversation.reply == ()


def test_what_does_not_fit_in_one_message_is_said() -> None:
    talk = sent()
    talk.writes("x" * (LONGEST_REPLY + 5))
    world(talk)

    assert len(quotes(talk)[0]) == LONGEST_REPLY
    assert "vast/write_full" in talk.words
    talk.writes("nog meer")
    assert "vast/write_full" in talk.words
    assert len(talk.conversation.reply) == 1


def test_nothing_is_no_message() -> None:
    talk = sent()

    talk.writes("  ")

    assert "vast/write_please" in talk.words
    assert talk.conversation.reply == ()


def test_the_button_under_an_answer_works_however_old_it_is() -> None:
    talk = sent()
    turn = talk.conversation.turn
    talk.taps("-menu", "-on")

    talk.happens(Tapped(turn, "-write"))

    assert world(talk) == AskPage("write")


# --- All my data --------------------------------------------------------------------------------


def test_a_file_of_everything_is_given_after_a_warning() -> None:
    talk = Talk()
    talk.asks("mine")
    assert "vast/mine_how" in talk.words

    talk.taps("-mine.yes")

    close, give, say = talk.step.effects
    assert isinstance(close, Close)
    assert give == GiveMine()
    assert isinstance(say, Say)
    assert "vast/mine_here" in talk.words
    assert talk.at == "over_wie"


def test_on_the_chat_page_the_file_is_no_message() -> None:
    talk = Talk()
    talk.conversation = replace(talk.conversation, reachable=False)

    talk.happens(Asked("mine"))

    assert "-mine.yes" not in talk.codes


# --- Buttons of another screen, and too much at once --------------------------------------------


@pytest.mark.parametrize(
    "code", ["-withdraw.yes", "-write.yes", "-write.no", "-mine.yes", "-withdraw.no"]
)
def test_buttons_of_another_screen_do_nothing(code: str) -> None:
    talk = sent()
    before = talk.conversation

    talk.taps(code)

    assert talk.conversation == before
    assert "vast/old_button" in talk.words


@pytest.mark.parametrize("screen", ["page", "withdraw", "write"])
def test_a_screen_whose_page_nobody_knows_says_that_it_is_gone(screen: str) -> None:
    talk = sent()
    talk.conversation = replace(talk.conversation, screen=screen)

    talk.happens(Tapped(0, "-old"))

    assert "vast/page_gone" in talk.words


def test_a_message_too_many_changes_nothing_and_is_told_once() -> None:
    talk = sent()
    before = talk.conversation

    talk.happens(TooFast(told=True))
    assert "vast/too_fast" in talk.words
    assert talk.happens(TooFast(told=False)).effects == ()
    assert talk.conversation == before


def test_how_many_were_missed_is_said_before_the_next_answer() -> None:
    talk = Talk()

    step = talk.happens(Missed(3))

    (say,) = step.effects
    assert isinstance(say, Say)
    assert say.parts[0].pieces == (Text("vast/missed", count=3),)


def test_who_finds_no_room_reads_whom_to_call() -> None:
    said = too_many(EVERY_KIND)

    words = str(said.parts)
    assert "vast/too_many" in words
    assert "hulplijnen/112/name" in words


def test_a_first_word_that_is_too_fast_still_begins_the_talk() -> None:
    talk = Talk()
    talk.conversation = replace(talk.conversation, turn=0, at="")

    talk.happens(Wrote("hallo", 1))

    assert talk.at == "over_wie"
