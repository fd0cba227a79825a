"""The laws of ``advance``: what holds in every state that anyone can reach.

A random person does random things to a small dialogue with every kind of node; after each thing
the laws are tried.
"""

from typing import get_args

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.dialogue.answers import Skipped, Worded
from bot.dialogue.between import (
    Earlier,
    Given,
    Got,
    Other,
    ShareOutcome,
    Shares,
    SharesTold,
    ToldAnswer,
)
from bot.dialogue.buttons import works_however_old
from bot.dialogue.conversation import Conversation
from bot.dialogue.effects import ClearChat, Erase, GiveOver, Join, Redraw, Request
from bot.dialogue.engine import advance
from bot.dialogue.events import (
    CONTROLS,
    Asked,
    Control,
    Door,
    Edited,
    Event,
    Invited,
    MeetingTold,
    Missed,
    Outcome,
    PageTold,
    Rang,
    Sent,
    Shared,
    Started,
    Tapped,
    TooFast,
    Wrote,
)
from bot.dialogue.facts import MeetingFacts, PageFacts
from bot.dialogue.message import Quote, Say, Text
from bot.dialogue.summary import person_line, shown, summarise
from bot.dialogue.tree import shows_items
from bot.dialogue.vocabulary import SECTIONS
from bot.dialogue.walk import walk
from tests.dialogue.trees import CHOOSER, EVERY_KIND, FULLER, Talk

WORDS = st.sampled_from(
    [
        "9",
        "17",
        "99",
        "Hij slaapt niet.",
        "Ik denk aan zelfmoord.",
        "Ik wil een verwijzing.",
        "",
        " ",
        "06 12345678",
        "a@b.nl",
        "Utrecht",
        "x" * 5000,
        "Oma en Piet",
        "oma\nde juf; Bo",
        ", ".join("abcdefghijklmnopqrstuvwxyz"),
    ]
)

STRANGE = st.sampled_from(
    [
        "-team.linde",
        "-item.2",
        "-erase.yes",
        "-lang.en",
        "-lang.xx",
        "-person.p1",
        "-rename",
        "-remove",
        "-not_meant",
        "-keep",
        "-talk",
        "-change.2",
        "-withdraw",
        "-withdraw.yes",
        "-write",
        "-write.yes",
        "-write.no",
        "-mine.yes",
        "-meeting",
        "-meeting.yes",
        "-meeting.no",
        "-meeting.partly",
        "-meeting.give",
        "-meeting.drop",
        "-invite",
        "-invite.parent",
        "-join",
        "-shares",
        "-shared.8",
        "-give.1",
        "-give_item.1",
        "-give_show",
        "-give_yes",
        "-unshare.6",
        "-unshare_yes",
        "-look",
        "-drop",
        "-agree",
        "send",
        "geld",
        "jong",
        "p1",
        "zz",
        "",
    ]
)

WISHED = Text("vast/talk_about_this")
"""Stands under an item that someone wants to talk about."""

ANSWERS = (Say, Redraw, Join, *get_args(Request))
"""What can be seen; a join and a request are answered by the world, with an event of its own."""

UNREAD = PageFacts("Team De Linde", sent=100, days=30)
READ = replace(UNREAD, readers=(("Anna", 200),), closed=300)

MET = MeetingFacts(1, "Anna", "Team De Linde", 200)
TOLD = replace(MET, mine="said")
SHOWN = replace(TOLD, is_shown=True, my_views=("fully", "not", "skipped"))
SHARES = Shares(
    (Other(2, None, 0), Other(1, "young", 100)),
    (Given(6, 1, 300, ("vertel", "weg")), Given(5, 2, 200, ("vertel",), 250)),
    (Got(8, 2, 400), Got(7, 1, 350, 360)),
    (Earlier(4, 90), Earlier(3, 80, 85)),
)

EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(Started, st.sampled_from([None, "linde", "eik", "weg"])),
    st.builds(Wrote, WORDS, st.integers(1, 40)),
    st.builds(Edited, WORDS, st.integers(1, 40)),
    st.builds(Shared, st.just("+31612345678"), st.integers(1, 40)),
    st.builds(Sent, st.sampled_from(["photo", "voice"])),
    st.builds(Invited, st.sampled_from(get_args(Door)), st.just("een-link")),
    st.builds(Asked, st.sampled_from(CONTROLS)),
    st.builds(Rang, st.just("remind"), st.integers(0, 30)),
    st.builds(
        PageTold,
        st.sampled_from(get_args(Outcome)),
        st.sampled_from([None, UNREAD, READ]),
        st.sampled_from(["page", "withdraw", "write"]),
    ),
    st.builds(MeetingTold, st.sampled_from([None, MET, TOLD, SHOWN]), st.booleans()),
    st.builds(
        SharesTold,
        st.sampled_from(get_args(ShareOutcome)),
        st.sampled_from([Shares(), SHARES]),
        st.sampled_from([0, 7, 8, 9]),
        st.sampled_from([(), (ToldAnswer("Hoop", ("Rust.",)),)]),
    ),
    st.builds(TooFast, st.booleans()),
    st.builds(Missed, st.integers(1, 9)),
    st.builds(Tapped, st.integers(-1, 30), STRANGE),
)


@st.composite
def talks(draw: st.DrawFn) -> Talk:
    """Someone who did up to thirty things, most of them taps on buttons that are there.

    One in three came as far as the names of the people around them first, or as far as the first
    page that they can send.
    """
    dialogue = draw(st.sampled_from([EVERY_KIND, EVERY_KIND, FULLER, CHOOSER]))
    talk = Talk(dialogue, team=draw(st.sampled_from([None, "linde"])))
    if dialogue is EVERY_KIND and talk.conversation.team and not draw(st.integers(0, 2)):
        talk.to_the_circle()
    if dialogue is FULLER and not draw(st.integers(0, 2)):
        talk.to_the_first_page()
    for _ in range(draw(st.integers(0, 30))):
        if draw(st.integers(0, 3)):
            buttons = sorted(_buttons(talk))
            talk.taps(draw(st.sampled_from(buttons)))
        else:
            talk.happens(draw(EVENTS))
    return talk


def _buttons(talk: Talk) -> set[str]:
    """The codes under the screen on top, drawn again without changing anything."""
    step = advance(talk.dialogue, talk.conversation, Sent("photo"))
    (say,) = (effect for effect in step.effects if isinstance(effect, Say))
    return {button.code for row in say.rows for button in row}


many = settings(max_examples=150, deadline=None)


@many
@given(talks(), EVENTS)
def test_every_event_is_answered_in_every_state(talk: Talk, event: Event) -> None:
    before = talk.conversation

    step = talk.happens(event)

    visible = [effect for effect in step.effects if isinstance(effect, ANSWERS)]
    passed = isinstance(event, Rang | TooFast) and not visible
    assert visible or passed
    assert not passed or step.conversation == before


@many
@given(talks(), EVENTS)
def test_the_same_event_gives_the_same_step(talk: Talk, event: Event) -> None:
    once = advance(talk.dialogue, talk.conversation, event)
    again = advance(talk.dialogue, talk.conversation, event)

    assert once == again


@many
@given(talks(), EVENTS)
def test_a_conversation_survives_json_unchanged(talk: Talk, event: Event) -> None:
    kept = msgspec.json.decode(msgspec.json.encode(talk.conversation), type=Conversation)

    assert kept == talk.conversation
    assert advance(talk.dialogue, kept, event) == advance(talk.dialogue, talk.conversation, event)


@many
@given(talks(), st.integers(1, 9), st.data())
def test_a_tap_on_an_older_screen_changes_nothing(
    talk: Talk, older: int, data: st.DataObject
) -> None:
    before = talk.conversation
    codes = [code for code in sorted(_buttons(talk)) if not works_however_old(code)]
    code = data.draw(st.sampled_from(codes))

    step = talk.happens(Tapped(before.turn - older, code))

    assert step.conversation == before


@many
@given(talks())
def test_pause_help_leave_and_erase_are_within_reach_everywhere(talk: Talk) -> None:
    here = talk.conversation
    reached: tuple[tuple[Control, str], ...] = (
        ("help", "help"),
        ("erase", "erase"),
        ("leave", "resume"),
    )
    for control, screen in reached:
        after = advance(talk.dialogue, here, Asked(control)).conversation
        assert after.screen == screen
        assert after.answers == here.answers

    paused = advance(talk.dialogue, here, Asked("pause")).conversation
    assert paused.status in ("paused", "left")

    left = advance(talk.dialogue, here, Asked("leave"))
    assert any(isinstance(effect, ClearChat) for effect in left.effects)
    sure = advance(talk.dialogue, here, Asked("erase")).conversation
    erased = advance(talk.dialogue, sure, Tapped(sure.turn, "-erase.yes"))
    assert any(isinstance(effect, Erase) for effect in erased.effects)


@many
@given(talks(), EVENTS)
def test_the_bot_says_a_few_things_at_most_and_then_listens(talk: Talk, event: Event) -> None:
    step = talk.happens(event)

    said = [effect for effect in step.effects if isinstance(effect, Say)]
    assert len(said) <= 4
    assert sum(effect.asks for effect in said) <= 1


@many
@given(talks())
def test_a_change_of_language_changes_no_answer_and_no_place(talk: Talk) -> None:
    before = talk.conversation

    talk.asks("language")
    talk.taps("-lang.en")

    after = talk.conversation
    assert after.language == "en"
    assert (after.answers, after.at, after.draft) == (before.answers, before.at, before.draft)


@many
@given(talks())
def test_back_shows_the_earlier_answer_and_going_on_changes_nothing(talk: Talk) -> None:
    talk.taps("-on") if "-on" in _buttons(talk) else None
    before = talk.conversation
    way = walk(talk.dialogue, before)
    place = way.place_of(before.at)
    if before.screen != "question" or not place or place <= way.sent or before.draft:
        return
    if before.ticked:
        return

    talk.asks("back")
    earlier = talk.conversation.at
    if earlier == before.at:
        return
    answer = before.answer_to(earlier)
    shown = {
        piece.words for part in talk.said.parts for piece in part.pieces if isinstance(piece, Quote)
    }
    if isinstance(answer, Worded):
        assert answer.words in shown
    if answer is not None and not isinstance(answer, Skipped) and "-on" in talk.codes:
        talk.taps("-on")
        assert talk.conversation.answers == before.answers
        assert talk.at == way.open.id


@many
@given(talks())
def test_the_page_holds_live_answers_only_and_each_once(talk: Talk) -> None:
    summary = summarise(talk.dialogue, talk.conversation)

    questions = [item.question for item in summary.items]
    on_the_way = [node.id for node in walk(talk.dialogue, talk.conversation).path]
    assert len(questions) == len(set(questions))
    assert set(questions) <= set(on_the_way)
    sections = [SECTIONS.index(item.section) for item in summary.items]
    assert sections == sorted(sections)
    left_out = {given.question for given in talk.conversation.answers if given.left_out}
    assert not left_out & set(questions)
    wished = {given.question for given in talk.conversation.answers if given.talk_about}
    assert not left_out & wished
    assert {item.question for item in summary.items if item.talk_about} == wished & set(questions)


@many
@given(st.data())
def test_what_is_handed_over_is_what_was_shown_last(data: st.DataObject) -> None:
    talk = Talk(data.draw(st.sampled_from([EVERY_KIND, FULLER])))
    talk.to_the_review() if talk.dialogue is EVERY_KIND else talk.to_the_first_page()
    seen = _listed(talk.said)
    for _ in range(data.draw(st.integers(1, 30))):
        if data.draw(st.integers(0, 5)):
            tapped = data.draw(st.sampled_from(sorted(_buttons(talk) - {"-leave", "-help"})))
            step = talk.taps(tapped)
        else:
            step = talk.happens(data.draw(EVENTS))
        if any(isinstance(effect, GiveOver) for effect in step.effects):
            assert seen == _sent(talk)
        is_on_top = talk.conversation.screen == "question"
        if is_on_top and shows_items(talk.dialogue.nodes[talk.at]):
            asking = [effect for effect in step.effects if isinstance(effect, Say) and effect.asks]
            seen = _listed(asking[-1]) if asking else seen


def _listed(say: Say) -> list[tuple[str, tuple[object, ...]]]:
    """The items that a screen lists, by the key of their name, with what stands under it."""
    listed: list[tuple[str, tuple[object, ...]]] = []
    for part in say.parts:
        keys = [piece.key for piece in part.pieces if isinstance(piece, Text)]
        if part.role == "heading" and keys[0].endswith("/short"):
            listed.append((keys[0], ()))
        elif part.role == "quote":
            key, under = listed.pop()
            listed.append((key, (*under, *part.pieces)))
        elif keys == [WISHED.key]:
            key, under = listed.pop()
            listed.append((key, (*under, WISHED)))
    return [(key, under) for key, under in listed if under]


def _sent(talk: Talk) -> list[tuple[str, tuple[object, ...]]]:
    """The items of the page, in the same way."""
    return [
        (
            f"{item.context}/short",
            (
                *(
                    (person_line(person) for person in item.circle.people)
                    if item.circle
                    else shown(item.labels or item.context, item.answer)
                ),
                *((WISHED,) if item.talk_about else ()),
            ),
        )
        for item in summarise(talk.dialogue, talk.conversation).items
    ]


@many
@given(talks(), EVENTS, st.data())
def test_a_conversation_goes_on_in_a_dialogue_that_lost_a_node(
    talk: Talk, event: Event, data: st.DataObject
) -> None:
    """Whatever an author takes out, everyone who is under way has a place."""
    dialogue = talk.dialogue
    lost = data.draw(st.sampled_from(sorted(dialogue.nodes)))
    after = next(dialogue.routes_from(dialogue.nodes[lost]), None)
    if lost == dialogue.start or after is None:
        return
    nodes = {
        name: replace(
            node,
            routes=tuple(
                replace(route, to=after if route.to == lost else route.to)
                for route in getattr(node, "routes", ())
            ),
        )
        if hasattr(node, "routes")
        else node
        for name, node in dialogue.nodes.items()
        if name != lost
    }
    shorter = replace(dialogue, nodes=nodes)

    step = advance(shorter, talk.conversation, event)

    passed = isinstance(event, Rang | TooFast) and not step.effects
    assert passed or step.conversation.at in shorter.nodes
    visible = [effect for effect in step.effects if isinstance(effect, ANSWERS)]
    assert visible or isinstance(event, Rang | TooFast)
