"""The laws of ``advance``: what holds in every state that anyone can reach.

A random person does random things to a small dialogue with every kind of node; after each thing
the laws are tried.
"""

import msgspec
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from bot.dialogue.conversation import (
    CONTROLS,
    Asked,
    ClearChat,
    Control,
    Conversation,
    Edited,
    Erase,
    Event,
    Quote,
    Rang,
    Redraw,
    Say,
    Sent,
    Shared,
    Skipped,
    Started,
    Tapped,
    Worded,
    Wrote,
)
from bot.dialogue.engine import advance
from bot.dialogue.summary import summarise
from bot.dialogue.tree import SECTIONS
from bot.dialogue.walk import walk
from tests.dialogue.trees import EVERY_KIND, Talk

WORDS = st.sampled_from(
    [
        "9",
        "17",
        "99",
        "Hij slaapt niet.",
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
        "-keep",
        "-change.2",
        "p1",
        "zz",
        "",
    ]
)

EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(Started, st.sampled_from([None, "linde", "eik", "weg"])),
    st.builds(Wrote, WORDS, st.integers(1, 40)),
    st.builds(Edited, WORDS, st.integers(1, 40)),
    st.builds(Shared, st.just("+31612345678"), st.integers(1, 40)),
    st.builds(Sent, st.sampled_from(["photo", "voice"])),
    st.builds(Asked, st.sampled_from(CONTROLS)),
    st.builds(Rang, st.just("remind"), st.integers(0, 30)),
    st.builds(Tapped, st.integers(-1, 30), STRANGE),
)


@st.composite
def talks(draw: st.DrawFn) -> Talk:
    """Someone who did up to thirty things, most of them taps on buttons that are there.

    One in three came as far as the names of the people around them first.
    """
    talk = Talk(team=draw(st.sampled_from([None, "linde"])))
    if talk.conversation.team and not draw(st.integers(0, 2)):
        talk.to_the_circle()
    for _ in range(draw(st.integers(0, 30))):
        if draw(st.integers(0, 3)):
            buttons = sorted(_buttons(talk.conversation))
            talk.taps(draw(st.sampled_from(buttons)))
        else:
            talk.happens(draw(EVENTS))
    return talk


def _buttons(conversation: Conversation) -> set[str]:
    """The codes under the screen on top, drawn again without changing anything."""
    step = advance(EVERY_KIND, conversation, Sent("photo"))
    (say,) = (effect for effect in step.effects if isinstance(effect, Say))
    return {button.code for row in say.rows for button in row}


many = settings(max_examples=150, deadline=None)


@many
@given(talks(), EVENTS)
def test_every_event_is_answered_in_every_state(talk: Talk, event: Event) -> None:
    before = talk.conversation

    step = talk.happens(event)

    visible = [effect for effect in step.effects if isinstance(effect, Say | Redraw)]
    passed = isinstance(event, Rang) and not visible
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
    assert advance(talk.dialogue, kept, event) == talk.happens(event)


@many
@given(talks(), st.integers(1, 9), st.data())
def test_a_tap_on_an_older_screen_changes_nothing(
    talk: Talk, older: int, data: st.DataObject
) -> None:
    before = talk.conversation
    code = data.draw(st.sampled_from(sorted(_buttons(before) - {"-help", "-leave"})))

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
    talk.taps("-on") if "-on" in _buttons(talk.conversation) else None
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


@many
@given(talks(), st.sampled_from(sorted(EVERY_KIND.nodes)), EVENTS)
def test_a_conversation_goes_on_in_a_dialogue_that_lost_a_node(
    talk: Talk, lost: str, event: Event
) -> None:
    """Whatever an author takes out, everyone who is under way has a place."""
    if lost in ("welkom", "einde", "bewaard"):
        return
    dialogue = EVERY_KIND
    after = next(dialogue.routes_from(dialogue.nodes[lost]))
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

    assert step.conversation.at in shorter.nodes
    visible = [effect for effect in step.effects if isinstance(effect, Say | Redraw)]
    assert visible or isinstance(event, Rang)
