"""Every state of every dialogue is visited, and the explorer finds what is wrong there."""

from collections.abc import Callable
from time import perf_counter
from typing import get_args

import pytest
from msgspec.structs import replace

from bot.dialogue import engine
from bot.dialogue.around import NearPlace, TeamPlace
from bot.dialogue.between import (
    AskShares,
    DropShare,
    GiveShare,
    SharesTold,
    ShowShare,
    TakeShareBack,
)
from bot.dialogue.conversation import Conversation
from bot.dialogue.effects import (
    AskMeeting,
    AskPage,
    ClearChat,
    Request,
    SayMeeting,
    Step,
    TakeBack,
    WriteTeam,
)
from bot.dialogue.events import Asked, Edited, Event, MeetingTold, PageTold, Spoke, Tapped, Wrote
from bot.dialogue.message import Part, Say
from bot.dialogue.phrases import line
from bot.dialogue.safety import spotted
from bot.dialogue.screens import draw
from bot.dialogue.tree import (
    All,
    AtLeast,
    AtMost,
    Choice,
    Dialogue,
    Nearby,
    Number,
    OneOf,
    Route,
    Wanted,
    Words,
)
from bot.dialogue.vocabulary import CARE_SIGNALS, COLOURED, LABEL, SIGNALS
from bot.exploring.deeds import TELLING, anywhere, deeds, told_by_the_world
from bot.exploring.explorer import Advance, Explorer, Report, explore
from bot.exploring.findings import FINDINGS
from bot.exploring.rendering import Renderer
from tests.dialogue.trees import EVERY_KIND
from tests.exploring.small import AROUND, TEAM, short, small, texts, to, values
from tests.world import library

BOOKS = library()


def codes(report: Report) -> set[str]:
    return {found.code for found in report.findings}


def explored(*, advance: Advance = engine.advance, dialogue: Dialogue | None = None) -> Report:
    return explore(dialogue or short(), Renderer(texts(), values), advance=advance)


# --- What we author -----------------------------------------------------------------------------


@pytest.mark.no_cover
@pytest.mark.parametrize("name", sorted(BOOKS.dialogues))
def test_in_every_state_of_every_dialogue_everyone_can_go_on(
    name: str, counted: Callable[[str], None]
) -> None:
    began = perf_counter()

    report = explore(BOOKS.dialogues[name], Renderer(BOOKS.texts, BOOKS.values))

    rendered = ", ".join(f"{code} {count}" for code, count in report.rendered.items())
    counted(
        f"{name}: {report.states} states, {report.events} events, messages {rendered}, longest"
        f" {max(longest.units for longest in report.longest.values())} of 4096,"
        f" {len(report.followed)} questions followed to the review, {len(report.findings)} findings"
        f" in {perf_counter() - began:.0f} s"
    )
    assert [f"{one.context}: {one.message} {one.way}" for one in report.findings] == []
    assert report.unfollowed == []
    assert all(report.rendered.values())


def test_in_every_state_of_a_dialogue_with_every_kind_of_node_everyone_can_go_on(
    counted: Callable[[str], None],
) -> None:
    report = explore(EVERY_KIND)

    counted(f"every kind: {report.states} states, {report.events} events")
    assert codes(report) == set()
    assert report.unfollowed == []


def test_with_a_team_that_wants_a_code_everyone_can_go_on_too(
    counted: Callable[[str], None],
) -> None:
    teams = (TEAM, replace(TEAM, team="veilig", pin=True))
    careful = small().furnished(replace(AROUND, teams=teams))

    report = explore(careful, Renderer(texts(), values))

    counted(f"with a code: {report.states} states, {report.events} events")
    assert codes(report) == set()
    assert report.unfollowed == []
    assert report.states > explore(small()).states


def test_the_same_dialogue_gives_the_same_report() -> None:
    assert explored() == explored()


def test_the_wide_way_visits_more() -> None:
    wide = explore(short(), wide=True)

    assert codes(wide) == set()
    assert wide.states > explore(short()).states


# --- What is tried ------------------------------------------------------------------------------


def test_everything_that_can_happen_is_tried() -> None:
    """At a question for own words, where someone has spoken already."""
    dialogue = small()
    here = Conversation("klein", "r1", "nl", "linde", turn=3, at="hoop")
    here = engine.advance(dialogue, here, Spoke(7, 42, origin=7)).conversation
    screen = draw(dialogue, here)

    tried = {type(event) for event in (*deeds(dialogue, here, screen), *anywhere(dialogue, here))}

    assert tried | {PageTold, MeetingTold, SharesTold} == set(get_args(Event))


def test_everything_that_is_asked_of_the_world_is_answered() -> None:
    requests = (AskPage("page"), TakeBack(though_read=False), TakeBack(though_read=True))
    of_meetings = (AskMeeting(), SayMeeting(1, None))
    of_shares = (AskShares(), GiveShare(1, ("hoop",)), TakeShareBack(1), ShowShare(1), DropShare(1))
    asked = (*requests, WriteTeam("Dank je."), *of_meetings, *of_shares)

    assert {type(each) for each in asked} == set(get_args(Request))
    assert all(told_by_the_world(each) for each in asked)


def test_the_words_that_are_tried_carry_every_signal_a_dialogue_can_answer_to() -> None:
    signals = BOOKS.dialogues["ouder"].around.signals
    found = [spotted(signals, words, "nl") for words in TELLING]

    assert {name for names in found for name in names} >= set(SIGNALS)
    assert any(set(names) & set(CARE_SIGNALS) for names in found)
    assert any(COLOURED in names and LABEL not in names for names in found)


def test_numbers_on_both_sides_of_a_condition_are_tried() -> None:
    age = Number(
        id="hoop",
        context="klein/hoop",
        least=0,
        most=23,
        routes=to(
            Route("einde", AtLeast("hoop", 16)), Route("einde", AtMost("hoop", 3)), "nakijken"
        ),
    )
    dialogue = small(age)
    here = Conversation("klein", "r1", "nl", "linde", turn=3, at="hoop")

    typed = {
        event.words
        for event in deeds(dialogue, here, draw(dialogue, here))
        if isinstance(event, Wrote)
    }

    assert {"0", "3", "4", "15", "16", "23", "24"} <= typed


# --- What it finds in a dialogue ----------------------------------------------------------------


def test_a_step_where_nobody_can_come_is_found() -> None:
    never = All((OneOf("wie", ("kind",)), OneOf("wie", ("mezelf",))))
    asked = Choice(
        id="wie",
        context="klein/wie",
        codes=("kind", "mezelf"),
        section="vraag",
        routes=to(Route("extra", never), "hoop"),
    )
    extra = Words(id="extra", context="klein/extra", section="hoop", routes=to("hoop"))

    report = explored(dialogue=short(asked, extra))

    assert [(one.code, one.context) for one in report.findings] == [("never-here", "klein/extra")]


NEAR = Nearby(
    id="buurt",
    context="klein/buurt",
    wanted=(Wanted("wie", "kind", ("geld", "sport")),),
    routes=to("hoop"),
)
NEAR_WORDS = {
    "klein/buurt/text": "Dit is dichtbij.",
    "teams/eik/1/name": "Loket",
    "teams/eik/1/about": "Iemand kijkt mee.",
    "teams/eik/1/reach": "Dorpsplein 1",
}


def near_by() -> Dialogue:
    """Names a place after the first question; only the second team has one."""
    dialogue = short(
        Choice(
            id="wie",
            context="klein/wie",
            codes=("kind", "mezelf"),
            section="vraag",
            routes=to("buurt"),
        ),
        NEAR,
    )
    eik = TeamPlace("eik", "Team De Eik", nearby=(NearPlace("teams/eik/1", ("geld",), 0),))
    return dialogue.furnished(replace(AROUND, teams=(*AROUND.teams, eik)))


def test_what_any_team_has_near_is_put_into_words_in_every_language() -> None:
    fine = explore(near_by(), Renderer(texts(NEAR_WORDS, NEAR_WORDS), values))
    missing = explore(
        near_by(), Renderer(texts({**NEAR_WORDS, "teams/eik/1/about": ""}, NEAR_WORDS), values)
    )

    assert fine.findings == []
    assert [(one.code, one.context) for one in missing.findings] == [
        ("not-translated", "klein/buurt")
    ]


def test_what_is_near_is_not_called_unreached_where_no_team_has_anything() -> None:
    bare = near_by().furnished(AROUND)

    assert explore(bare, Renderer(texts(NEAR_WORDS, NEAR_WORDS), values)).findings == []


def test_a_dialogue_too_wide_to_try_whole_is_told() -> None:
    assert codes(Explorer(short(), most=20).explore()) == {"endless", "dead-end"}


@pytest.mark.parametrize(
    ("english", "code"),
    [
        ({"klein/hoop/text": "Hope? " * 700}, "message-too-long"),
        ({"klein/wie/choices/kind": "My child, " * 9}, "label-too-long"),
        ({"klein/wie/choices/kind": "Me", "klein/wie/choices/mezelf": "Me"}, "two-buttons-alike"),
        ({"klein/hoop/text": ""}, "not-translated"),
        ({"klein/hoop/text": "  "}, "empty"),
        ({"klein/wie/choices/kind": " "}, "empty"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_words_that_do_not_fit_in_one_language_are_found(
    english: dict[str, str], code: str
) -> None:
    report = explore(short(), Renderer(texts(english), values))

    assert codes(report) == {code}
    for one in report.findings:
        assert one.context in ("klein/hoop", "klein/wie")
        assert "English" in one.message


def test_words_that_are_nowhere_are_found() -> None:
    lonely = short(Words(id="hoop", context="klein/weg", section="hoop", routes=to("einde")))

    report = explore(lonely, Renderer(texts(), values))

    assert codes(report) == {"no-words"}
    assert any("klein/weg/text" in one.message for one in report.findings)


def test_braces_that_stay_are_found() -> None:
    braces = {"klein/hoop/text": "Hoi {{team}"}

    assert codes(explore(short(), Renderer(texts(dutch=braces), values))) >= {"unfilled"}


def test_too_many_buttons_and_too_long_a_code_are_found() -> None:
    many = tuple(f"k{number}" for number in range(101))
    long = "e" * 60
    words = {f"klein/wie/choices/{code}": f"Keuze {code[:9]}" for code in (*many, long)}
    asked = Choice(id="wie", context="klein/wie", codes=(*many, long), routes=to("einde"))

    report = explore(short(asked), Renderer(texts(dutch=words), values))

    assert codes(report) == {"too-many-buttons", "code-too-long"}


# --- What it finds in the engine ----------------------------------------------------------------


def refuses(dialogue: Dialogue, conversation: Conversation, event: Event) -> Step:
    """Nobody ever gets past the own words."""
    step = engine.advance(dialogue, conversation, event)
    if step.conversation.at == "einde":
        return engine.advance(dialogue, conversation, Asked("help"))
    return step


def is_silent(dialogue: Dialogue, conversation: Conversation, event: Event) -> Step:
    step = engine.advance(dialogue, conversation, event)
    return Step(step.conversation) if isinstance(event, Edited) else step


def stumbles(dialogue: Dialogue, conversation: Conversation, event: Event) -> Step:
    if isinstance(event, Tapped) and event.code == "-done":
        raise RuntimeError("oeps")
    return engine.advance(dialogue, conversation, event)


def believes_old_buttons(dialogue: Dialogue, conversation: Conversation, event: Event) -> Step:
    if isinstance(event, Tapped):
        event = replace(event, turn=conversation.turn)
    return engine.advance(dialogue, conversation, event)


def throws_dice() -> Advance:
    times = iter(range(10_000_000))

    def advance(dialogue: Dialogue, conversation: Conversation, event: Event) -> Step:
        step = engine.advance(dialogue, conversation, event)
        return step if next(times) % 2 else replace(step, effects=step.effects[::-1])

    return advance


def loses_on_the_way_back(dialogue: Dialogue, conversation: Conversation, event: Event) -> Step:
    step = engine.advance(dialogue, conversation, event)
    if event != Asked("back"):
        return step
    fewer = tuple(
        replace(effect, parts=effect.parts[:1]) if isinstance(effect, Say) else effect
        for effect in step.effects
    )
    return replace(step, effects=fewer)


def keeps_the_chat(dialogue: Dialogue, conversation: Conversation, event: Event) -> Step:
    step = engine.advance(dialogue, conversation, event)
    kept = tuple(effect for effect in step.effects if not isinstance(effect, ClearChat))
    return replace(step, effects=kept)


def forgets_while_helping(dialogue: Dialogue, conversation: Conversation, event: Event) -> Step:
    step = engine.advance(dialogue, conversation, event)
    if event == Asked("help"):
        return replace(step, conversation=replace(step.conversation, answers=()))
    return step


@pytest.mark.parametrize(
    ("advance", "code"),
    [
        (refuses, "dead-end"),
        (is_silent, "silence"),
        (stumbles, "crash"),
        (believes_old_buttons, "stale-button"),
        (throws_dice(), "two-answers"),
        (loses_on_the_way_back, "back-forgets"),
        (keeps_the_chat, "no-way-out"),
        (forgets_while_helping, "no-way-out"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_fault_of_the_engine_is_found(advance: Advance, code: str) -> None:
    report = explored(advance=advance)

    assert code in codes(report)
    found = next(one for one in report.findings if one.code == code)
    assert found.context.startswith("klein/")
    assert "{" not in found.message


def test_a_dead_end_is_told_where_it_is_and_not_where_it_is_felt() -> None:
    report = explored(advance=refuses)

    assert [one.context for one in report.findings if one.code == "dead-end"] == ["klein/hoop"]


def test_a_finding_tells_the_way_there_in_the_words_of_the_buttons() -> None:
    (found,) = (one for one in explored(advance=stumbles).findings if one.code == "crash")

    assert found.way[0] in ("[Mijn kind]", "[Mezelf]", "/skip")
    assert found.way[-1] == "[Klaar]"


WISHED_PART = line("talk_about_this")


def unwished(say: Say) -> tuple[Part, ...]:
    return tuple(part for part in say.parts if part != WISHED_PART)


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda say: replace(say, parts=say.parts[:1]), "not-as-reviewed"),
        (lambda say: replace(say, parts=unwished(say)), "not-as-reviewed"),
        (lambda say: replace(say, parts=(*say.parts, WISHED_PART)), "not-as-reviewed"),
        (lambda say: replace(say, rows=()), "no-help"),
    ],
    ids=[
        "the review is short of something",
        "the review hides what someone wants to talk about",
        "the review says so of what nobody wants to talk about",
        "help is missing",
    ],
)
def test_a_screen_that_breaks_a_law_is_found(
    spoil: Callable[[Say], Say], code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def drawn(dialogue: Dialogue, conversation: Conversation) -> Say:
        return spoil(draw(dialogue, conversation))

    monkeypatch.setattr("bot.exploring.explorer.draw", drawn)

    assert code in codes(explored(dialogue=small()))


def test_every_finding_is_said_in_dutch_that_an_author_can_use() -> None:
    for code, message in FINDINGS.items():
        assert code == code.lower(), code
        assert message[0].isupper(), code
        assert message.endswith("."), code
