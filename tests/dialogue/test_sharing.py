"""Sharing with another voice, as the core sees it: what is offered, shown, and never shared."""

import pytest
from msgspec.structs import replace

from bot.dialogue.answers import Answered, Chosen, Said, Worded
from bot.dialogue.between import (
    AskShares,
    DropShare,
    Earlier,
    Given,
    GiveShare,
    Got,
    Other,
    ShareOutcome,
    ShareRequest,
    Shares,
    SharesTold,
    Sharing,
    ShowShare,
    TakeShareBack,
    ToldAnswer,
)
from bot.dialogue.conversation import Conversation, Lock, Screen
from bot.dialogue.effects import Meet, Redraw
from bot.dialogue.events import Invited, Tapped
from bot.dialogue.message import Moment, Quote, Say, Text
from bot.dialogue.screens import draw
from bot.dialogue.shareable import in_full, shareable
from bot.dialogue.tree import (
    All,
    Among,
    Choice,
    Choices,
    Contact,
    Dialogue,
    Ending,
    HandOver,
    IsAnswered,
    Naming,
    Number,
    OneOf,
    People,
    Route,
    Statement,
    Words,
)
from bot.dialogue.vocabulary import VoiceKind
from tests.dialogue.trees import AROUND, EVERY_KIND, Talk, to, tree

ONE = Shares((Other(1, "young", 100),))
BOTH = Shares(
    (Other(2, None, 0), Other(1, "young", 100)),
    (Given(6, 1, 300, ("vertel", "weg")), Given(5, 2, 200, ("vertel",), 250)),
    (Got(8, 2, 400), Got(7, 1, 350, 360)),
)

ALL_SORTS = tree(
    Words(id="vertel", context="proef/vertel", section="eigen_woorden", routes=to("oud")),
    Number(id="oud", context="proef/oud", least=0, most=23, section="vraag", routes=to("zwaar")),
    Choices(
        id="zwaar",
        context="proef/zwaar",
        codes=("slapen", "geld", "veilig", "pijn"),
        section="wat_speelt",
        routes=to(
            Route("gerust", All((OneOf("zwaar", ("veilig",)), IsAnswered("vertel")))), "samen"
        ),
    ),
    Statement(id="gerust", context="proef/gerust", routes=to("waar")),
    Choices(
        id="waar", context="proef/waar", codes=("thuis",), section="veiligheid", routes=to("samen")
    ),
    Among(
        id="samen",
        context="proef/samen",
        codes=("slapen", "geld", "veilig", "pijn"),
        of="zwaar",
        labels="proef/zwaar",
        section="wat_speelt",
        routes=to(Route("waarom", OneOf("samen", ("pijn",))), "thuis"),
    ),
    Words(id="waarom", context="proef/waarom", section="veiligheid", routes=to("thuis")),
    Choice(
        id="thuis",
        context="proef/thuis",
        codes=("fijn", "bang"),
        danger="bang",
        section="vraag",
        routes=to("kring"),
    ),
    Naming(id="kring", context="proef/kring", section="kring", routes=to("kost")),
    People(
        id="kost",
        context="proef/kost",
        of="kring",
        mark="costs",
        section="kring",
        routes=to("denkt"),
    ),
    People(
        id="denkt",
        context="proef/denkt",
        of="kring",
        mark="thinks_along",
        section="kring",
        routes=to("lastig"),
    ),
    Naming(
        id="lastig", context="proef/lastig", section="kring", mark="costs", routes=to("wie_kiest")
    ),
    Choices(
        id="wie_kiest",
        context="proef/wie_kiest",
        codes=("druk",),
        section="samen_kiezen",
        routes=to("naam"),
    ),
    Contact(id="naam", context="proef/naam", of="name", section="vraag", routes=to("hoop")),
    Words(id="hoop", context="proef/hoop", section="hoop", routes=to("sturen")),
    HandOver(
        id="sturen", context="proef/sturen", shows=True, routes=to("einde"), otherwise="einde"
    ),
    Ending(id="einde", context="proef/einde"),
)


def all_sorts(
    *ticked: str, told: str = "Hij slaapt niet.", thuis: str = "fijn", send: str = "send"
) -> Talk:
    """Someone who answered everything, and handed it over."""
    talk = Talk(ALL_SORTS)
    talk.writes(told)
    talk.taps("-on") if talk.conversation.screen == "care" else None
    talk.taps("-done")
    talk.writes("9")
    talk.taps(*(ticked or ("slapen", "geld")), "-done")
    if talk.at == "waar":
        talk.taps("thuis", "-done")
    if talk.at == "samen":
        talk.taps(*(ticked or ("slapen", "geld")), "-done")
    if talk.at == "waarom":
        talk.writes("Om een klap.")
        talk.taps("-done")
    talk.taps(thuis)
    talk.writes("Oma, Piet, Bo")
    talk.taps("-done", "p2", "p3", "-done", "p3", "-done")
    talk.writes("Kees")
    talk.taps("-done", "druk", "-done")
    talk.writes("Sanne", "Rust.")
    talk.taps("-done", send)
    assert talk.at == "einde"
    return talk


def sent(dialogue: Dialogue = EVERY_KIND) -> Talk:
    """Someone whose page is with the team, and who invited someone."""
    talk = Talk(dialogue).to_the_review()
    talk.taps("-agree", "send")
    talk.conversation = replace(talk.conversation, with_others=True)
    return talk


def listed(shares: Shares = ONE, dialogue: Dialogue = EVERY_KIND) -> Talk:
    """The same, with the list on top."""
    talk = sent(dialogue)
    talk.happens(SharesTold("told", shares))
    return talk


def asked(talk: Talk) -> ShareRequest:
    """What was asked of the world in the last step, which changed nothing yet."""
    (request,) = talk.step.effects
    assert isinstance(request, ShareRequest)
    return request


def offered(talk: Talk) -> dict[str, object]:
    """What can be shared: by question, the answer or the circle."""
    found = shareable(talk.dialogue, talk.conversation)
    return {item.question: item.circle or item.answer for item in found}


# --- What can be shared ---------------------------------------------------------------------------


def test_what_was_told_is_offered_and_nothing_about_safety_choosing_or_reaching() -> None:
    assert set(offered(all_sorts())) == {"vertel", "oud", "zwaar", "samen", "kring", "hoop"}


def test_nothing_is_offered_before_it_was_handed_over() -> None:
    assert offered(all_sorts(send="keep")) == {}


def test_a_question_of_which_one_answer_means_danger_is_not_offered_whatever_was_answered() -> None:
    assert set(offered(all_sorts(thuis="bang"))) == set(offered(all_sorts(thuis="fijn")))


def test_what_leads_to_the_questions_about_safety_is_taken_out_of_what_was_ticked() -> None:
    found = offered(all_sorts("slapen", "veilig"))

    assert found["zwaar"] == found["samen"] == Chosen(("slapen",))


def test_so_is_what_leads_there_when_it_is_chosen_again_further_on() -> None:
    found = offered(all_sorts("geld", "pijn"))

    assert found["zwaar"] == found["samen"] == Chosen(("geld",))


def test_what_leads_there_and_nothing_else_is_not_offered_at_all() -> None:
    assert "zwaar" not in offered(all_sorts("veilig"))


@pytest.mark.parametrize("words", ["Ik denk aan zelfmoord.", "Soms denk ik aan zelfmoord, soms"])
def test_words_that_called_for_a_person_are_never_offered(words: str) -> None:
    talk = all_sorts(told=words)

    assert "vertel" not in offered(talk)
    assert "hoop" in offered(talk)


def test_words_that_called_for_a_person_are_not_offered_in_another_language_either() -> None:
    talk = all_sorts()
    answers = tuple(
        replace(old, answer=Worded((Said("denk aan zelfmoord"),), "nl"))
        if old.question == "vertel"
        else old
        for old in talk.conversation.answers
    )
    talk.conversation = replace(talk.conversation, language="en", answers=answers)

    assert "vertel" not in offered(talk)


def test_names_that_called_for_a_person_are_not_offered() -> None:
    talk = all_sorts()
    named = talk.conversation.people_of("kring")
    strange = tuple(replace(one, name="zelfmoord") for one in named[:1])
    answers = tuple(
        replace(old, answer=replace(old.answer, people=(*strange, *named[1:])))
        if old.question == "kring"
        else old
        for old in talk.conversation.answers
    )
    talk.conversation = replace(talk.conversation, answers=answers)

    assert "kring" not in offered(talk)


def test_who_costs_strength_is_not_shared_and_of_whom_only_that_was_told_is_left_out() -> None:
    circle = offered(all_sorts())["kring"]

    told = {person.name: person.told for person in getattr(circle, "people")}  # noqa: B009 - of an object
    assert set(told) == {"Oma", "Bo"}
    assert not any("costs" in each for each in told.values())


def test_of_what_was_spoken_only_words_are_shared() -> None:
    talk = all_sorts()

    def with_said(*said: Said) -> dict[str, object]:
        answers = (
            *(old for old in talk.conversation.answers if old.question != "vertel"),
            Answered("vertel", Worded(said, "nl")),
        )
        talk.conversation = replace(talk.conversation, answers=answers)
        return offered(talk)

    assert "vertel" not in with_said(Said("", note=3, seconds=9))
    found = with_said(Said("", note=3), Said("Typ.", 4), Said("Zei.", note=5))
    assert found["vertel"] == Worded((Said("Typ."), Said("Zei.")), "nl")


def test_what_was_left_out_of_the_page_is_not_offered() -> None:
    talk = all_sorts()
    answers = tuple(
        replace(old, left_out=old.question == "hoop") for old in talk.conversation.answers
    )
    talk.conversation = replace(talk.conversation, answers=answers)

    assert "hoop" not in offered(talk)


def test_a_dialogue_that_reads_a_question_that_went_offers_what_is_left() -> None:
    talk = all_sorts()
    nodes = dict(talk.dialogue.nodes)
    hoop = nodes["hoop"]
    assert isinstance(hoop, Words)
    nodes["hoop"] = replace(hoop, routes=to(Route("waar", OneOf("weg", ("ja",))), "sturen"))
    talk.dialogue = replace(talk.dialogue, nodes=nodes)

    assert "hoop" in offered(talk)


# --- Whom with ------------------------------------------------------------------------------------


def test_sharing_is_in_the_menu_of_who_invited_someone_and_of_nobody_else() -> None:
    talk = Talk(EVERY_KIND)
    talk.asks("menu")
    assert "-shares" not in talk.codes

    talk.taps("-invite", "-invite.young")
    talk.asks("menu")
    assert "-shares" in talk.codes


def test_who_came_by_an_invitation_gets_what_waited_and_finds_it_in_the_menu() -> None:
    talk = Talk(EVERY_KIND)
    talk.conversation = Conversation("proef", "r1", "nl")

    talk.happens(Invited("in"))

    assert talk.effects(Meet) == [Meet()]
    talk.asks("menu")
    assert "-shares" in talk.codes


@pytest.mark.parametrize("door", ["own", "already", "gone"])
def test_a_link_that_lets_nobody_in_changes_nothing_about_sharing(door: str) -> None:
    talk = Talk(EVERY_KIND)
    talk.conversation = Conversation("proef", "r1", "nl")

    talk.happens(Invited("gone" if door == "gone" else "own" if door == "own" else "already"))

    assert talk.effects(Meet) == []
    assert not talk.conversation.with_others


@pytest.mark.parametrize(
    ("voice", "kind", "name"),
    [
        ("parent", "young", "share_who_my_child"),
        ("parent", "child", "share_who_my_child"),
        ("parent", "parent", "share_who_other_parent"),
        ("parent", None, "share_who_inviter"),
        ("young", "parent", "share_who_parent"),
        ("young", "young", "share_who_young"),
        ("other", "child", "share_who_child"),
        ("other", "other", "share_who_other"),
    ],
)
def test_the_other_is_named_by_what_the_sharer_knows(
    voice: VoiceKind, kind: VoiceKind | None, name: str
) -> None:
    shares = Shares((Other(4, kind, 100),))
    talk = listed(shares, replace(EVERY_KIND, voice=voice))

    (label,) = [
        button.label for row in talk.said.rows for button in row if button.code == "-give.4"
    ]

    assert label == Text("vast/share_with", {"ander": Text(f"vast/{name}")})


def test_two_who_would_be_called_alike_are_told_apart_by_the_moment_of_their_invitation() -> None:
    talk = listed(Shares((Other(2, "child", 200), Other(1, "young", 100))))

    labels = {
        str(button.label) for row in talk.said.rows for button in row if "-give." in button.code
    }
    assert len(labels) == 2
    assert all("share_who_of" in label for label in labels)


# --- The way through ------------------------------------------------------------------------------


def test_the_menu_asks_the_world_how_it_is() -> None:
    talk = sent()
    talk.asks("menu")

    talk.taps("-shares")

    assert asked(talk) == AskShares()
    talk.happens(SharesTold("told", ONE))
    assert talk.conversation.screen == "shares"


def test_an_item_is_ticked_and_unticked_in_the_same_message() -> None:
    talk = listed()
    talk.taps("-give.1")
    turn = talk.conversation.turn

    for ticked in (True, False, True):
        talk.taps("-give_item.1")
        (redraw,) = talk.effects(Redraw)
        assert isinstance(redraw, Redraw)
        (box,) = [one for row in redraw.say.rows for one in row if one.code == "-give_item.1"]
        assert box.ticked is ticked
    assert talk.conversation.turn == turn


def test_all_that_is_shared_stands_there_in_full_before_the_yes() -> None:
    talk = listed()
    talk.taps("-give.1", "-give_item.1", "-give_item.3", "-give_show")

    found = shareable(talk.dialogue, talk.conversation)
    shown = [part for part in talk.said.parts if part.role in ("heading", "quote")]
    assert shown == list(in_full((found[0], found[2])))
    assert "vast/share_ask" in talk.words

    talk.taps("-give_yes")
    assert asked(talk) == GiveShare(1, (found[0].question, found[2].question))


def test_people_are_shared_with_what_was_told_of_them() -> None:
    talk = listed()
    questions = [item.question for item in shareable(talk.dialogue, talk.conversation)]

    talk.taps("-give.1", f"-give_item.{questions.index('kring') + 1}", "-give_show")

    assert "vast/circle_person" in talk.words


def test_nothing_is_shared_without_something_ticked() -> None:
    talk = listed()

    talk.taps("-give.1", "-give_show")

    assert "vast/tick_one" in talk.words
    assert talk.conversation.screen == "share"


def test_what_was_ticked_and_cannot_be_shared_any_more_is_not_shared() -> None:
    talk = listed()
    talk.taps("-give.1", "-give_item.1", "-give_show")
    talk.conversation = replace(talk.conversation, answers=())

    talk.taps("-give_yes")

    assert not [one for one in talk.step.effects if isinstance(one, ShareRequest)]


@pytest.mark.parametrize(
    ("voice", "is_told"), [("young", True), ("child", True), ("parent", False)]
)
def test_someone_young_is_told_first_that_nobody_can_make_them(
    voice: VoiceKind,
    is_told: bool,  # noqa: FBT001 - a column of the table
) -> None:
    talk = listed(dialogue=replace(EVERY_KIND, voice=voice))

    talk.taps("-give.1")

    first = talk.said.parts[0].pieces[0]
    assert (first == Text("vast/share_free")) is is_told
    assert "-help" in talk.codes


def test_the_list_says_what_was_given_and_got_and_what_can_still_be_taken_back() -> None:
    talk = listed(BOTH)

    assert {"-unshare.6", "-shared.8", "-shared.7", "-give.1", "-give.2"} <= talk.codes
    assert "-unshare.5" not in talk.codes
    assert {"vast/share_unlooked", "vast/share_looked", "vast/share_some"} <= talk.words


def test_taking_back_is_asked_once_more_and_then_asked_of_the_world() -> None:
    talk = listed(BOTH)
    talk.taps("-unshare.6")
    assert "vast/share_take_sure" in talk.words

    talk.taps("-unshare_yes")

    assert asked(talk) == TakeShareBack(6)


def test_what_was_shared_in_an_earlier_talk_is_taken_back_by_its_moment_alone() -> None:
    talk = listed(Shares(earlier=(Earlier(4, 90), Earlier(3, 80, 85))))
    lines = [part.pieces[0] for part in talk.said.parts]
    assert Text("vast/share_earlier", {"moment": Moment(90)}) in lines
    assert Text("vast/share_looked", {"moment": Moment(85)}) in lines
    assert "vast/share_gave" not in talk.words
    assert {code for code in talk.codes if code.startswith("-unshare")} == {"-unshare.4"}

    talk.taps("-unshare.4")
    assert Text("vast/share_take_sure", {"moment": Moment(90)}) in talk.said.parts[0].pieces
    talk.taps("-unshare_yes")

    assert asked(talk) == TakeShareBack(4)


def test_a_notice_works_however_old_and_asks_before_it_shows() -> None:
    talk = sent()
    talk.happens(Tapped(0, "-shared.8"))
    assert asked(talk) == AskShares(8)

    talk.happens(SharesTold("told", BOTH, 8))
    assert {"vast/share_look", "vast/share_look_ask"} <= talk.words
    talk.taps("-look")
    assert asked(talk) == ShowShare(8)


def test_a_notice_works_after_the_dialogue_changed_too() -> None:
    talk = sent()
    nodes = {**talk.dialogue.nodes, "slot": Ending(id="slot", context="proef/slot")}
    dank = nodes["dank"]
    assert isinstance(dank, Statement)
    nodes["dank"] = replace(dank, routes=to("slot"))
    talk.dialogue = replace(talk.dialogue, nodes=nodes)

    talk.happens(Tapped(0, "-shared.8"))

    assert AskShares(8) in talk.step.effects


def test_what_is_shown_is_a_message_of_its_own_and_stays_out_of_the_conversation() -> None:
    talk = listed(BOTH)
    talk.happens(SharesTold("told", BOTH, 7))
    assert {"-look", "-drop"} <= talk.codes

    talk.happens(SharesTold("shown", BOTH, 7, (ToldAnswer("Hoop", ("Rust en zo.",)),)))

    told, screen = [one for one in talk.step.effects if isinstance(one, Say)]
    assert told.share == 7
    assert screen.share is None
    assert Quote("Rust en zo.") in [piece for part in told.parts for piece in part.pieces]
    assert "Rust en zo." not in str(talk.conversation.sharing)
    talk.taps("-drop")
    assert asked(talk) == DropShare(7)


@pytest.mark.parametrize("outcome", ["told", "shown"])
def test_what_is_not_there_any_more_is_said_to_be_gone(outcome: str) -> None:
    talk = sent()

    talk.happens(SharesTold("told" if outcome == "told" else "shown", ONE, 8))

    assert "vast/share_gone" in talk.words
    assert talk.conversation.screen == "shares"


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("given", "share_done"),
        ("often", "share_often"),
        ("taken_back", "share_taken_back"),
        ("looked_first", "share_looked_first"),
        ("dropped", "share_dropped"),
        ("gone", "share_gone"),
    ],
)
def test_what_came_of_it_is_said_above_the_list(outcome: ShareOutcome, said: str) -> None:
    talk = sent()

    talk.happens(SharesTold(outcome, BOTH))

    assert f"vast/{said}" in talk.words
    assert "vast/share_intro" in talk.words


def test_a_chat_that_is_shut_with_a_code_stays_shut() -> None:
    talk = sent()
    talk.conversation = replace(talk.conversation, lock=Lock(code="x", closed=True), status="left")

    talk.happens(Tapped(0, "-shared.8"))

    assert talk.conversation.screen == "locked"
    assert not [one for one in talk.step.effects if isinstance(one, ShareRequest)]


def test_a_chat_that_was_left_shows_nothing_of_it() -> None:
    talk = sent()
    talk.asks("leave")

    talk.happens(Tapped(0, "-shared.8"))
    assert talk.conversation.screen == "resume"
    talk.taps("-shares")
    assert talk.conversation.screen == "resume"


@pytest.mark.parametrize(
    "code",
    ["-give", "-give.", "-give.9", "-give.x", "-give.²", "-unshare.5", "-unshare.99", "-look"],
)
def test_a_button_that_is_not_there_does_nothing(code: str) -> None:
    talk = listed(BOTH)
    before = talk.conversation

    talk.taps(code)

    assert "vast/old_button" in talk.words
    assert talk.conversation == before


@pytest.mark.parametrize("code", ["-give_item.0", "-give_item.99", "-give_yes", "-unshare_yes"])
def test_nor_does_one_of_another_of_these_screens(code: str) -> None:
    talk = listed()
    talk.taps("-give.1", "-give_item.1")
    before = talk.conversation

    talk.taps(code)

    assert talk.conversation == before


def test_nor_on_the_screen_of_the_yes() -> None:
    talk = listed()
    talk.taps("-give.1", "-give_item.1", "-give_show", "-give_show")

    assert "vast/old_button" in talk.words


def test_nor_once_the_talk_went_on() -> None:
    talk = listed(BOTH)
    talk.taps("-on", "-look")

    assert "vast/old_button" in talk.words


def test_before_anything_was_told_these_buttons_do_nothing() -> None:
    talk = sent()

    talk.taps("-give.1")

    assert "vast/old_button" in talk.words


@pytest.mark.parametrize("screen", ["shares", "share", "share_sure", "share_back", "share_look"])
def test_a_screen_of_which_nothing_is_known_says_that_it_is_gone(screen: Screen) -> None:
    talk = sent()
    lost = replace(talk.conversation, screen=screen)

    say = draw(talk.dialogue, lost)

    assert Text("vast/share_gone") in [piece for part in say.parts for piece in part.pieces]


def test_taking_back_what_is_not_there_any_more_says_so() -> None:
    talk = sent()
    lost = replace(talk.conversation, screen="share_back", sharing=Sharing(ONE, share=9))

    say = draw(talk.dialogue, lost)

    assert Text("vast/share_gone") in [piece for part in say.parts for piece in part.pieces]


def test_nobody_to_share_with_is_offered_before_anything_was_sent() -> None:
    talk = Talk(replace(EVERY_KIND, around=AROUND))
    talk.happens(SharesTold("told", ONE))

    assert "vast/share_none" in talk.words
    assert not any(code.startswith("-give") for code in talk.codes)
    talk.taps("-give.1")
    assert "vast/old_button" in talk.words


def test_a_told_answer_does_not_show_in_a_repr() -> None:
    assert "Rust" not in repr(ToldAnswer("Hoop", ("Rust.",)))
