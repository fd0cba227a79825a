"""Pictures, choices among earlier ones, a hand-over that shows the page, a second one, a door."""

from msgspec.structs import replace

from bot.dialogue import moves
from bot.dialogue.answers import Answered, Chosen, Skipped
from bot.dialogue.conversation import Conversation
from bot.dialogue.effects import Begin, Close, GiveOver, Redraw
from bot.dialogue.engine import advance
from bot.dialogue.events import Edited, Sent, Started, Tapped
from bot.dialogue.message import Button, Quote, Say, Text
from bot.dialogue.summary import items, summarise
from bot.dialogue.tree import (
    Among,
    Choices,
    Elsewhere,
    Ending,
    HandOver,
    Pictures,
    Review,
    Words,
)
from bot.dialogue.walk import walk
from tests.dialogue.trees import ALL, CHOOSER, FULLER, Talk, to, tree


def fuller() -> Talk:
    return Talk(FULLER)


def rows(talk: Talk) -> list[list[str]]:
    """The codes of the buttons under the last message, row by row, without the last row."""
    return [[button.code for button in row] for row in talk.said.rows[:-1]]


def keys_of(buttons: tuple[Button, ...]) -> list[str]:
    return [getattr(button.label, "key", "") for button in buttons]


def on_page(talk: Talk) -> list[str]:
    return [item.question for item in summarise(talk.dialogue, talk.conversation).items]


# --- Pictures -----------------------------------------------------------------------------------


def test_pictures_stand_side_by_side_in_two_rows_when_there_are_many() -> None:
    talk = fuller()

    assert rows(talk) == [["blij", "boos", "bang"], ["moe", "stil"], ["-skip"]]
    assert keys_of(talk.said.rows[0])[0] == "fuller/gezicht/choices/blij"


def test_up_to_four_pictures_stand_in_one_row() -> None:
    codes = ("blij", "boos", "bang", "moe")
    few = tree(
        Pictures(id="hoe", context="proef/hoe", codes=codes, routes=to("einde")),
        Ending(id="einde", context="proef/einde"),
    )

    assert rows(Talk(few)) == [["blij", "boos", "bang", "moe"], ["-skip"]]


def test_pictures_that_someone_has_to_choose_from_cannot_be_skipped() -> None:
    needed = tree(
        Pictures(id="hoe", context="p/h", codes=("blij", "boos"), skip=False, routes=to("einde")),
        Ending(id="einde", context="p/e"),
    )

    assert rows(Talk(needed)) == [["blij", "boos"]]


def test_a_picture_is_one_choice_and_known_as_a_picture_on_the_page() -> None:
    talk = fuller()

    talk.taps("boos")

    (item,) = items(talk.dialogue, talk.conversation)
    assert talk.at == "zwaar"
    assert (item.answer, item.pictures) == (Chosen(("boos",)), True)
    (close,) = talk.effects(Close)
    assert close == Close(1, (*close.parts,), (Text("fuller/gezicht/choices/boos"),))  # type: ignore[union-attr]


def test_back_at_the_pictures_the_one_that_was_tapped_can_stay() -> None:
    talk = fuller()
    talk.taps("boos")

    talk.asks("back")

    assert rows(talk)[-1] == ["-on"]
    assert "fuller/gezicht/choices/boos" in talk.words


# --- Choices among earlier ones -----------------------------------------------------------------


def test_what_was_ticked_before_is_offered_in_the_words_it_was_ticked_in() -> None:
    talk = fuller()

    talk.taps("boos", "geld", "slapen", "-done")

    assert talk.at == "samen"
    assert rows(talk) == [["slapen"], ["geld"], ["-done"]]
    (label,) = [button.label for button in talk.said.rows[0]]
    assert isinstance(label, Text)
    assert label.values == {"keuze": Text("fuller/zwaar/choices/slapen")}


def test_with_one_or_none_ticked_there_is_nothing_to_choose_from() -> None:
    one, none = fuller(), fuller()

    one.taps("boos", "geld", "-done")
    none.taps("boos", "-skip")

    assert one.at == none.at == "vertel"


def test_what_was_not_ticked_before_cannot_be_tapped() -> None:
    talk = fuller()
    talk.taps("boos", "geld", "slapen", "-done")
    before = talk.conversation

    talk.taps("school")

    assert talk.conversation == before


def test_a_condition_reads_what_was_chosen_among_earlier_choices() -> None:
    together, apart = fuller(), fuller()

    together.taps("boos", "geld", "slapen", "school", "-done", "slapen", "geld", "-done")
    apart.taps("boos", "geld", "slapen", "school", "-done", "geld", "school", "-done")

    assert together.at == "vertel"
    assert apart.at == "eerst"
    assert rows(apart) == [["geld"], ["school"], ["-done"]]


def test_what_is_no_longer_ticked_before_does_not_count_later() -> None:
    talk = fuller()
    talk.taps("boos", "geld", "slapen", "school", "-done", "slapen", "geld", "-done")
    talk.asks("back")
    talk.asks("back")

    talk.taps("slapen", "-done")

    samen = walk(talk.dialogue, talk.conversation).live["samen"]
    assert samen == Chosen(("geld",))
    assert talk.at == "vertel"
    assert talk.conversation.answer_to("samen") == Chosen(("slapen", "geld"))


def test_ticked_again_it_counts_again() -> None:
    talk = fuller()
    talk.taps("boos", "geld", "slapen", "school", "-done", "slapen", "geld", "-done")
    talk.asks("back")
    talk.asks("back")
    talk.taps("slapen", "-done")
    talk.asks("back")
    talk.asks("back")

    talk.taps("slapen", "-done")

    assert walk(talk.dialogue, talk.conversation).live["samen"] == Chosen(("slapen", "geld"))


def test_when_nothing_of_it_is_left_it_is_asked_again() -> None:
    talk = fuller()
    talk.taps("boos", "geld", "slapen", "school", "-done", "slapen", "-done")
    talk.asks("back")
    talk.asks("back")

    talk.taps("slapen", "-done")

    assert talk.at == "samen"
    assert rows(talk) == [["geld"], ["school"], ["-done"]]
    assert talk.conversation.ticked == ("slapen",)
    talk.taps("-done")
    assert talk.conversation.answer_to("samen") == Skipped()


def test_one_that_may_not_be_skipped_asks_for_a_tick() -> None:
    talk = fuller()
    talk.taps("boos", "geld", "slapen", "school", "-done", "geld", "school", "-done")

    talk.taps("-done")

    assert talk.at == "eerst"
    assert "vast/tick_one" in talk.words


def test_among_earlier_choices_the_page_knows_whose_words_they_are() -> None:
    talk = fuller()
    talk.taps("boos", "geld", "slapen", "-done", "slapen", "-done")

    found = {item.question: item for item in items(talk.dialogue, talk.conversation)}

    assert found["samen"].labels == "fuller/zwaar"
    assert found["samen"].context == "fuller/samen"
    assert found["zwaar"].labels == ""


def test_skipped_among_earlier_choices_stays_skipped() -> None:
    talk = fuller()
    talk.taps("boos", "geld", "slapen", "-done")

    talk.asks("skip")

    assert talk.at == "eerst" or walk(talk.dialogue, talk.conversation).live["samen"] == Skipped()


def test_ticks_of_a_choice_that_an_author_took_out_are_not_an_answer() -> None:
    """The question can be passed over, and is never asked round and round."""
    two = tree(
        Choices(id="zwaar", context="proef/zwaar", codes=("geld", "werk"), routes=to("einde")),
        Ending(id="einde", context="proef/einde"),
    )
    one = tree(
        Choices(id="zwaar", context="proef/zwaar", codes=("geld",), routes=to("einde")),
        Ending(id="einde", context="proef/einde"),
    )
    talk = Talk(two)
    talk.taps("werk")

    talk.dialogue = one
    talk.taps("-done")

    assert talk.at == "einde"
    assert talk.conversation.answer_to("zwaar") == Skipped()


# --- A hand-over that shows the page ------------------------------------------------------------


def test_the_hand_over_shows_every_item_with_its_button_and_then_asks() -> None:
    talk = fuller().to_the_first_page()

    assert talk.at == "sturen"
    assert rows(talk) == [["-item.1", "-item.2", "-item.3", "-item.4"], ["send"], ["keep"]]
    headings = [part.pieces for part in talk.said.parts if part.role == "heading"]
    assert headings[0] == (Quote("1. "), Text("fuller/vertel/short"))
    assert {"fuller/sturen/text", "vast/review_how"} <= talk.words
    assert "fuller/zwaar/choices/geld" in talk.words


def test_with_everything_skipped_it_says_what_the_team_reads_then() -> None:
    talk = fuller()
    talk.taps("-skip") if "-skip" in talk.codes else talk.asks("skip")
    talk.asks("skip")
    talk.asks("skip")

    assert talk.at == "sturen"
    assert rows(talk) == [["send"], ["keep"]]
    assert "vast/review_empty" in talk.words


def test_an_item_is_changed_and_the_page_is_shown_again() -> None:
    talk = fuller().to_the_first_page()
    talk.opens_item("vertel")
    assert rows(talk) == [["-keep"], ["-change"], ["-talk"], ["-omit"]]

    talk.taps("-change")
    assert talk.at == "vertel"
    talk.writes("Hij slaapt beter.")
    talk.taps("-done")

    assert talk.at == "sturen"
    said = [
        piece.words
        for part in talk.said.parts
        for piece in part.pieces
        if part.role == "quote" and isinstance(piece, Quote)
    ]
    assert said == ["Hij slaapt beter."]


def test_what_is_left_out_is_shown_so_and_not_sent() -> None:
    talk = fuller().to_the_first_page()
    talk.opens_item("gezicht")

    talk.taps("-omit")

    assert talk.at == "sturen"
    assert "vast/left_out" in talk.words
    talk.taps("send")
    assert "gezicht" not in on_page(talk)


def test_nothing_is_agreed_to_on_a_screen_that_only_asks_to_send() -> None:
    talk = fuller().to_the_first_page()
    before = talk.conversation

    talk.taps("-agree")

    assert talk.conversation == before
    assert "vast/old_button" in talk.words


def test_an_edited_message_shows_the_page_anew() -> None:
    talk = fuller().to_the_first_page()
    turn = talk.conversation.turn

    talk.happens(Edited("Hij slaapt beter.", talk.origin))

    assert talk.conversation.turn == turn + 1
    talk.happens(Tapped(turn, "send"))
    assert talk.effects(GiveOver) == []


def test_the_list_that_was_agreed_to_stays_in_the_chat() -> None:
    talk = fuller().to_the_first_page()

    talk.taps("send")

    (close,) = talk.effects(Close)
    assert isinstance(close, Close)
    assert close.parts == ()
    assert close.shown == (Text("fuller/sturen/send"),)


def test_who_kept_it_can_go_back_and_still_send_it() -> None:
    talk = fuller().to_the_first_page()
    talk.taps("keep")
    assert talk.at == "bewaard"

    talk.asks("back")

    assert talk.at == "sturen"
    assert rows(talk)[-2:] == [["send"], ["keep"]]
    talk.taps("send")
    assert talk.at == "meer"


def test_without_shows_the_hand_over_is_as_it_was() -> None:
    plain = replace(
        FULLER,
        nodes=FULLER.nodes
        | {
            "sturen": HandOver(
                id="sturen", context="fuller/sturen", routes=to("dank"), otherwise="bewaard"
            )
        },
    )
    talk = Talk(plain).to_the_first_page()
    assert rows(talk) == [["send"], ["keep"]]

    talk.taps("-item.1")

    assert "vast/old_button" in talk.words


# --- A second hand-over -------------------------------------------------------------------------


def to_the_second_page() -> Talk:
    talk = fuller().to_the_first_page()
    talk.taps("send", "ja")
    talk.writes("Dat het rustig wordt.")
    talk.taps("-done", "-skip")
    return talk


def test_the_first_page_is_new_and_the_second_takes_its_place() -> None:
    talk = fuller().to_the_first_page()

    talk.taps("send")
    assert talk.effects(GiveOver) == [GiveOver("linde", fuller=False)]
    talk.taps("ja")
    talk.writes("Dat het rustig wordt.")
    talk.taps("-done", "-skip", "-agree", "send")

    assert talk.effects(GiveOver) == [GiveOver("linde", fuller=True)]
    assert on_page(talk) == ["vertel", "gezicht", "zwaar", "samen", "hoop"]


def test_what_was_sent_before_is_listed_and_cannot_be_changed() -> None:
    talk = to_the_second_page()

    assert talk.at == "nakijken"
    assert rows(talk) == [["-item.5"], ["-agree"]]
    assert "vast/item_sent" in talk.words
    talk.taps("-item.1")
    assert "vast/old_button" in talk.words


def test_a_message_that_was_sent_before_is_not_corrected_by_an_edit() -> None:
    talk = to_the_second_page()
    before = talk.conversation.answers

    talk.happens(Edited("Iets anders.", 1))

    assert talk.conversation.answers == before
    assert "vast/edited_sent" in talk.words


def test_what_is_new_can_be_changed_and_left_out() -> None:
    talk = to_the_second_page()

    talk.taps("-item.5", "-omit", "-agree", "send")

    assert on_page(talk) == ["vertel", "gezicht", "zwaar", "samen"]


def test_with_nothing_new_nothing_is_offered_to_be_changed() -> None:
    talk = fuller().to_the_first_page()
    talk.taps("send", "ja", "-skip", "-skip")

    assert talk.at == "nakijken"
    assert rows(talk) == [["-agree"]]
    assert not {"vast/review_how", "vast/review_empty"} & talk.words


def test_a_new_story_is_a_new_page() -> None:
    talk = to_the_second_page()
    talk.taps("-agree", "send", "-again")

    talk.to_the_first_page()
    talk.taps("send")

    assert talk.effects(GiveOver) == [GiveOver("linde", fuller=False)]


def test_a_page_that_was_taken_back_gets_no_fuller_one_in_its_place() -> None:
    talk = to_the_second_page()
    talk.conversation = replace(talk.conversation, given=False)

    talk.taps("-agree", "send")

    assert talk.effects(GiveOver) == [GiveOver("linde", fuller=False)]


# --- The door to another dialogue ---------------------------------------------------------------


def test_the_talk_goes_on_in_the_dialogue_that_was_chosen() -> None:
    talk = Talk(CHOOSER)

    talk.taps("ouder")

    assert talk.dialogue.name == talk.conversation.dialogue == "proef"
    assert (talk.at, talk.conversation.team) == ("over_wie", "linde")
    assert talk.conversation.answers == ()


def test_in_the_step_that_chooses_the_first_screen_follows() -> None:
    talk = Talk(CHOOSER)

    talk.taps("jong")

    kinds = [type(effect) for effect in talk.step.effects]
    assert kinds == [Close, Say, Begin, Say, Say]
    said = [effect for effect in talk.step.effects if isinstance(effect, Say)]
    assert [say.parts[0].pieces for say in said[:2]] == [
        (Text("wie/door/text"),),
        (Text("fuller/welkom/text"),),
    ]
    assert {say.turn for say in said} == {talk.conversation.turn}


def test_the_turn_goes_on_rising_so_that_old_buttons_stay_old() -> None:
    talk = Talk(CHOOSER)
    turn = talk.conversation.turn
    talk.taps("jong")
    before = talk.conversation

    talk.happens(Tapped(turn, "jong"))

    assert talk.conversation == before
    assert before.turn > turn


def test_language_and_being_out_of_reach_go_along() -> None:
    talk = Talk(CHOOSER)
    talk.conversation = replace(talk.conversation, reachable=False)
    talk.asks("language")
    talk.taps("-lang.en", "jong")

    assert (talk.conversation.language, talk.conversation.reachable) == ("en", False)


def test_starting_again_resumes_the_dialogue_that_was_chosen() -> None:
    talk = Talk(CHOOSER)
    talk.taps("jong", "boos")

    talk.happens(Started())
    talk.taps("-on")

    assert talk.at == "zwaar"


def test_there_is_no_way_back_to_the_door() -> None:
    talk = Talk(CHOOSER)
    talk.taps("jong")

    assert "-back" not in talk.codes


def stuck() -> Conversation:
    """At the door, as it would be if the world had not opened it."""
    conversation = Conversation("wie", "r1", "nl", team="linde")
    conversation = advance(CHOOSER, conversation, Started("linde")).conversation
    return advance(CHOOSER, conversation, Tapped(1, "ouder")).conversation


def test_at_a_door_that_did_not_open_everything_opens_it() -> None:
    step = advance(CHOOSER, stuck(), Sent("photo"))

    assert [type(effect) for effect in step.effects] == [Say, Begin]
    assert step.effects[-1] == Begin("proef")


def test_even_there_help_and_leaving_are_within_reach() -> None:
    helped = advance(CHOOSER, stuck(), Tapped(2, "-help"))
    back = advance(CHOOSER, helped.conversation, Tapped(helped.conversation.turn, "-on"))

    assert helped.conversation.screen == "help"
    assert [type(effect) for effect in back.effects] == [Close, Begin]


def test_a_door_has_no_screen_of_its_own() -> None:
    reminded = replace(stuck(), screen="item", item="wie")

    step = advance(CHOOSER, reminded, Sent("photo"))

    assert [type(effect) for effect in step.effects] == [Say]


def test_a_dialogue_that_begins_another_at_once_asks_nothing() -> None:
    door = tree(Elsewhere(id="door", context="wie/door", dialogue="proef"))
    talk = Talk(replace(door, name="door"))

    assert talk.dialogue is ALL["proef"]
    assert talk.at == "over_wie"


def test_how_far_it_is_counts_the_new_questions_too() -> None:
    assert FULLER.ahead["gezicht"] == 5, "counted to the first hand-over"
    assert CHOOSER.ahead == {"jong": 0, "door": 0, "verder": 0, "wie": 0, "hallo": 0}


def test_redrawn_boxes_are_those_that_were_ticked_before() -> None:
    talk = fuller()
    talk.taps("boos", "geld", "slapen", "-done")

    talk.taps("geld")

    (redraw,) = talk.effects(Redraw)
    assert isinstance(redraw, Redraw)
    ticked = {button.code: button.ticked for row in redraw.say.rows[:2] for button in row}
    assert ticked == {"slapen": False, "geld": True}


def test_leaving_a_question_among_earlier_choices_loses_no_tick() -> None:
    talk = fuller()
    talk.taps("boos", "geld", "slapen", "-done", "geld")

    talk.asks("back")

    assert talk.conversation.answer_to("samen") == Chosen(("geld",))


def test_an_answer_of_another_revision_among_earlier_choices_is_no_answer() -> None:
    nodes = (
        Choices(id="zwaar", context="proef/zwaar", codes=("a", "b"), routes=to("samen")),
        Among(
            id="samen",
            context="proef/samen",
            codes=("a", "b"),
            of="zwaar",
            labels="proef/zwaar",
            routes=to("klaar"),
        ),
        Words(id="klaar", context="proef/klaar", routes=to("kijk")),
        Review(id="kijk", context="proef/kijk", routes=to("einde")),
        Ending(id="einde", context="proef/einde"),
    )
    answers = (Answered("zwaar", Chosen(("a", "b"))), Answered("samen", Skipped()))
    begun = Conversation("proef", "r0", "nl", turn=4, at="klaar", answers=answers)
    no_longer = replace(begun, answers=(answers[0],))

    assert walk(tree(*nodes), begun).open.id == "klaar"
    assert walk(tree(*nodes), no_longer).open.id == "samen"
    assert moves.go_to(no_longer, nodes[1]).ticked == ()
