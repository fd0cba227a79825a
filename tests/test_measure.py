"""How long a dialogue is: every way through it is tried, and what we promise about it holds."""

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from bot.__main__ import main
from bot.authoring.extremes import Stretch, Ways
from bot.authoring.legs import PEOPLE, Leg, legs, readers
from bot.authoring.pace import Pace, paces
from bot.commands.measure import MOST_MINUTES, MOST_QUESTIONS, told
from bot.dialogue.answers import Answer, Chosen, Counted, Named, Person, Skipped, Worded
from bot.dialogue.conversation import Conversation
from bot.dialogue.effects import GiveOver
from bot.dialogue.engine import advance
from bot.dialogue.events import Started, Tapped
from bot.dialogue.tree import (
    All,
    AtLeast,
    AtMost,
    Choice,
    Choices,
    Dialogue,
    Elsewhere,
    Ending,
    HandOver,
    IsAnswered,
    Naming,
    Not,
    Number,
    OneOf,
    People,
    Review,
    Route,
    Signals,
    Statement,
    TeamChoice,
    Waiting,
    Words,
)
from bot.dialogue.walk import AGREED, KEEP, SEND, walk
from bot.texts import Texts
from tests.dialogue.trees import CHOOSER, EVERY_KIND, FULLER, to, tree
from tests.world import library

SIGNAL_TAPS = 6
"""Taps of a young person's signal, from the link to the desk (promise S9)."""

SHIPPED = sorted(library().dialogues)
LANGUAGES = ("nl", "en")


# --- What we promise ----------------------------------------------------------------------------


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", [name for name in SHIPPED if name != "jongere"])
def test_no_story_asks_more_than_25_questions_or_10_minutes(name: str, language: str) -> None:
    """A young person is done after six taps, and is asked whether they want to tell more."""
    found = paces(library(), library().dialogues[name], language, "linde")

    assert found.most_questions <= MOST_QUESTIONS
    assert found.longest.minutes <= MOST_MINUTES, found.longest


def test_a_young_persons_signal_takes_six_taps_and_no_letter() -> None:
    shortest = paces(library(), library().dialogues["jongere"], "nl", "linde").shortest

    assert shortest is not None
    assert (shortest.taps <= SIGNAL_TAPS, shortest.letters) == (True, 0), shortest


@pytest.mark.parametrize("name", SHIPPED)
def test_the_shortest_way_is_one_that_the_bot_really_goes(name: str) -> None:
    """Played tap by tap: it ends with the page given over, in as many taps as was told."""
    dialogue = library().dialogues[name]
    way = Ways(dialogue, "nl", "linde").shortest(by_effort)
    if way is None:
        assert not any(isinstance(node, HandOver) for node in dialogue.nodes.values())
        return

    step = advance(dialogue, Conversation(name, dialogue.revision, "nl"), Started("linde"))
    taps = 1  # START itself
    for stretch in way:
        assert step.conversation.at == stretch.stop.node.id
        for code in tapped(stretch):
            step = advance(dialogue, step.conversation, Tapped(step.conversation.turn, code))
            taps += 1

    assert any(isinstance(effect, GiveOver) for effect in step.effects)
    found = paces(library(), dialogue, "nl", "linde").shortest
    assert found is not None
    assert found.letters == 0
    assert found.taps == taps


def by_effort(stretch: Stretch) -> tuple[float, ...]:
    return (0, 0) if stretch.leg is None else (stretch.leg.letters, stretch.leg.taps)


def tapped(stretch: Stretch) -> tuple[str, ...]:
    """The buttons that someone taps who types nothing."""
    node, leg = stretch.stop.node, stretch.leg
    assert leg is not None
    answer = leg.answers[0].answer
    if isinstance(answer, Skipped):
        return ("-menu", "-skip") if isinstance(node, Choice | Choices) else ("-skip",)
    assert isinstance(answer, Chosen)
    if isinstance(node, Review):
        return ("-agree",)
    return (*answer.codes, "-done") if isinstance(node, Choices) else answer.codes


# --- Every way ----------------------------------------------------------------------------------


def every_way(dialogue: Dialogue, conversation: Conversation) -> Iterator[tuple[Stretch, ...]]:
    """All ways to an end, one by one: slow, and sure."""
    ways = Ways(dialogue, "nl", "linde")
    stop = ways._stop(conversation)
    onward = ways._onward(stop, until_sent=False)
    for stretch, after in onward:
        if after is None:
            yield (stretch,)
        else:
            for rest in every_way(dialogue, after.conversation):
                yield (stretch, *rest)


def weight(stretch: Stretch) -> int:
    """Something that tells every node, every statement and every answer apart."""
    statements = [remark.node for remark in stretch.stop.said]
    told = sum(len(each.id) ** 2 for each in (stretch.stop.node, *statements))
    return told * 7 + (stretch.leg.taps if stretch.leg else 0)


BRANCHES = tree(
    Choice(
        id="wie",
        context="b/wie",
        codes=("kind", "zelf", "wij"),
        routes=to(Route("jaren", OneOf("wie", ("kind",))), "zwaar"),
    ),
    Number(
        id="jaren",
        context="b/jaren",
        least=0,
        most=23,
        skip=False,
        routes=to(
            Route("puber", AtLeast("jaren", 12)), Route("kleuter", AtMost("jaren", 5)), "zwaar"
        ),
    ),
    Words(id="puber", context="b/puber", routes=to("zwaar")),
    Words(id="kleuter", context="b/kleuter", skip=False, routes=to("zwaar")),
    Choices(
        id="zwaar",
        context="b/zwaar",
        codes=("geld", "slaap", "rust"),
        routes=to(
            Route("beide", All((OneOf("zwaar", ("geld",)), OneOf("zwaar", ("slaap",))))),
            Route("alleen_kind", All((OneOf("wie", ("kind",)), Not(IsAnswered("zwaar"))))),
            "vertel",
        ),
    ),
    Words(id="beide", context="b/beide", routes=to("vertel")),
    Words(id="alleen_kind", context="b/alleen_kind", routes=to("vertel")),
    Words(
        id="vertel",
        context="b/vertel",
        routes=to(Route("open", Signals("vertel", "ingekleurd")), "mensen"),
    ),
    Words(id="open", context="b/open", routes=to("mensen")),
    Naming(id="mensen", context="b/mensen", routes=to("dichtbij")),
    People(id="dichtbij", context="b/dichtbij", of="mensen", mark="near", routes=to("kijk")),
    Review(id="kijk", context="b/kijk", routes=to("stuur")),
    HandOver(id="stuur", context="b/stuur", routes=to("einde"), otherwise="bewaard"),
    Ending(id="einde", context="b/einde"),
    Ending(id="bewaard", context="b/bewaard"),
)


@pytest.mark.parametrize("dialogue", [BRANCHES, CHOOSER], ids=lambda dialogue: str(dialogue.name))
def test_the_longest_way_is_the_longest_of_all_ways_there_are(dialogue: Dialogue) -> None:
    begin = Conversation(dialogue.name, dialogue.revision, "nl", "linde", turn=1)
    weights = [sum(map(weight, way)) for way in every_way(dialogue, begin)]

    longest = Ways(dialogue, "nl", "linde").longest(lambda stretch: (weight(stretch),))

    assert sum(map(weight, longest)) == max(weights)


def test_the_shortest_way_is_the_shortest_of_all_that_send_a_page() -> None:
    begin = Conversation("proef", "r1", "nl", "linde", turn=1)
    efforts = []
    for way in every_way(BRANCHES, begin):
        legs_ = [stretch.leg for stretch in way if stretch.leg]
        if any(leg.sends for leg in legs_):
            efforts.append((sum(leg.letters for leg in legs_), sum(leg.taps for leg in legs_)))

    shortest = Ways(BRANCHES, "nl", "linde").shortest(by_effort)

    assert shortest is not None
    found = [stretch.leg for stretch in shortest if stretch.leg]
    assert (sum(leg.letters for leg in found), sum(leg.taps for leg in found)) == min(efforts)


def test_each_stop_of_a_way_is_where_its_answers_lead() -> None:
    """Ways that go on alike are merged; told again, each has its own answers."""
    for dialogue in (EVERY_KIND, FULLER, BRANCHES):
        way = Ways(dialogue, "nl", "linde").longest(lambda stretch: (weight(stretch),))

        for stretch in way:
            assert walk(dialogue, stretch.stop.conversation).open == stretch.stop.node


def test_the_order_of_the_file_makes_no_difference() -> None:
    turned = replace(BRANCHES, nodes=dict(reversed(BRANCHES.nodes.items())))

    found = [
        sum(map(weight, Ways(each).longest(lambda stretch: (weight(stretch),))))
        for each in (BRANCHES, turned)
    ]

    assert found[0] == found[1]


def test_without_a_hand_over_there_is_no_way_to_send() -> None:
    assert Ways(CHOOSER).shortest(by_effort) is None
    assert isinstance(Ways(CHOOSER).longest(by_effort)[-1].stop.node, Elsewhere)


def test_who_comes_without_a_team_in_the_house_stops_where_it_is_asked() -> None:
    bare = EVERY_KIND.furnished(type(EVERY_KIND.around)())

    way = Ways(bare).longest(by_effort)

    assert isinstance(way[-1].stop.node, TeamChoice)


def test_a_dialogue_of_many_questions_is_walked_too() -> None:
    nodes = [
        Choice(id=f"n{number}", context="c", codes=("ja",), skip=False, routes=to(f"n{number + 1}"))
        for number in range(200)
    ]
    long = tree(*nodes, Ending(id="n200", context="c"))

    assert len(Ways(long).longest(by_effort)) == 201


# --- What someone can answer --------------------------------------------------------------------


def possible(name: str, live: dict[str, Answer] | None = None) -> list[Leg]:
    """Every leg at a node of ``BRANCHES``."""
    node = BRANCHES.nodes[name]
    assert isinstance(node, Waiting)
    return list(legs(node, live or {}, readers(BRANCHES).get(name, ()), "nl"))


def answers(name: str) -> list[Answer]:
    return [leg.answers[0].answer for leg in possible(name)]


def test_numbers_are_tried_on_both_sides_of_what_is_looked_at() -> None:
    found = [each.number for each in answers("jaren") if isinstance(each, Counted)]

    assert found == [0, 4, 5, 6, 11, 12, 13, 23]


def test_choices_are_tried_in_every_set_that_conditions_tell_apart() -> None:
    found = {each.codes for each in answers("zwaar") if isinstance(each, Chosen)}

    assert found == {
        ("geld",),
        ("slaap",),
        ("rust",),
        ("geld", "slaap"),
        ("geld", "rust"),
        ("slaap", "rust"),
        ("geld", "slaap", "rust"),
    }


def test_own_words_are_tried_with_each_signal_that_is_looked_for() -> None:
    found = [each.signals for each in answers("vertel") if isinstance(each, Worded)]

    assert found == [(), ("ingekleurd",)]


def test_people_are_ticked_or_not_and_can_be_passed_over_one_and_all() -> None:
    named = Named((Person("p1", "Oma"), Person("p2", "Piet")))

    found = possible("dichtbij", {"mensen": named})

    given = [[each.answer for each in leg.answers] for leg in found]
    assert given == [
        [Chosen(("nee",)), Chosen(("nee",))],
        [Chosen(("ja",)), Chosen(("nee",))],
        [Skipped(), Skipped()],
    ]
    assert [leg.taps for leg in found] == [1, 2, 1]


def test_about_nobody_there_is_nothing_to_answer_but_to_go_on() -> None:
    assert answers("dichtbij") == [Skipped()]


@pytest.mark.parametrize(
    ("name", "efforts"),
    [
        ("wie", {(1, 0), (2, 0)}),
        ("vertel", {(2, 2), (1, 0)}),
        ("mensen", {(2, 3), (len(PEOPLE) + 1, sum(map(len, PEOPLE))), (1, 0)}),
        ("kijk", {(1, 0)}),
        ("stuur", {(1, 0)}),
        ("einde", set()),
    ],
)
def test_an_answer_takes_its_taps_and_letters(name: str, efforts: set[tuple[int, int]]) -> None:
    found = possible(name)

    assert {(leg.taps, leg.letters) for leg in found} == efforts


def test_consent_and_a_review_are_answered_with_the_buttons_they_have() -> None:
    assert answers("stuur") == [Chosen((SEND,)), Chosen((KEEP,))]
    assert answers("kijk") == [Chosen((AGREED,))]


# --- Minutes ------------------------------------------------------------------------------------


def test_minutes_are_reading_and_tapping() -> None:
    assert Pace(questions=3, taps=30, letters=50, words=360).minutes == pytest.approx(3)


def test_more_words_make_a_longer_way() -> None:
    dutch = paces(library(), library().dialogues["ouder"], "nl", "linde")

    assert dutch.shortest is not None
    assert dutch.longest.words > dutch.shortest.words > 0
    assert dutch.longest.questions <= dutch.most_questions


# --- The command --------------------------------------------------------------------------------


def test_the_command_tells_what_was_measured(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["measure", "ouder"]) == 0

    said = capsys.readouterr().out
    assert said.startswith("ouder (Nederlands)\n")
    for part in ("Vragen, hoogstens:", "De langste weg:", "De kortste weg:", "Leesgemak:"):
        assert part in said
    assert "Let op" not in said


def test_without_a_name_every_dialogue_is_measured(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["measure"]) == 0

    said = capsys.readouterr().out
    assert [name for name in SHIPPED if f"{name} (Nederlands)\n" not in said] == []


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        (["measure", "vader"], "Het gesprek ‘vader’ is er niet. Wel: "),
        (["measure", "--language", "xx"], "De taal ‘xx’ wordt nog niet aangeboden."),
        (["script", "vader"], "Het gesprek ‘vader’ is er niet. Wel: "),
        (["script", "--language", "xx"], "De taal ‘xx’ is er nog niet."),
        (["script", "-o", "/bestaat/niet.html"], "/bestaat/niet.html kan niet geschreven worden."),
    ],
)
def test_what_is_not_there_is_told_in_one_line(
    typed: list[str], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(typed) == 2
    assert capsys.readouterr().err.startswith(line)


def test_what_is_too_hard_is_told_and_so_is_a_dialogue_that_sends_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.authoring.readability.LONGEST_SENTENCE", 2)
    dialogue = tree(
        Elsewhere(id="verder", context="p/verder", dialogue="ouder"),
        Statement(id="hallo", context="p/hallo", routes=to("verder")),
        start="hallo",
    )
    texts = Texts({"p/hallo/text": "Fijn dat je er bent."}, {}, ())

    lines = list(told(dataclasses.replace(library(), texts=texts), dialogue, "nl"))

    assert "  De kortste weg:      er wordt niets gestuurd" in lines
    assert lines[-1] == (
        "  Let op: dialogen/p/dialoog.yaml: Bij ‘hallo/text’: ‘Fijn dat je er bent.’ heeft 5"
        " woorden; hoogstens 2. Maak er twee zinnen van. [hard-to-read]"
    )


def test_what_is_near_has_a_line_of_its_own_and_no_way_has_its_words() -> None:
    dialogue = library().dialogues["ouder"]
    teams = tuple(replace(team, nearby=()) for team in dialogue.around.teams)
    bare = dialogue.furnished(replace(dialogue.around, teams=teams))
    with_places = paces(library(), dialogue, "nl", "linde")

    without = paces(library(), bare, "nl", "linde")

    assert (with_places.near > 0, without.near) == (True, 0)
    assert with_places.longest.words == without.longest.words
    assert any(
        line.startswith("  In de buurt:         hoogstens ")
        for line in told(library(), dialogue, "nl")
    )
    assert not any("In de buurt:" in line for line in told(library(), bare, "nl"))


def test_a_dialogue_without_a_word_has_no_longest_sentence() -> None:
    dialogue = tree(Elsewhere(id="verder", context="p/verder", dialogue="ouder"))

    lines = list(told(library(), dialogue, "nl"))

    assert not [line for line in lines if "langste zin" in line or "Leesgemak" in line]


def test_without_pyphen_the_command_says_so(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.commands.measure.is_installed", lambda: False)

    assert main(["measure", "ouder"]) == 0
    assert "pip install pyphen" in capsys.readouterr().out


def test_a_file_that_is_written_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "gesprek.html"

    assert main(["script", "ouder", "-o", str(path)]) == 0

    assert path.read_text("utf-8").startswith("<!doctype html>")
    assert str(path) in capsys.readouterr().out
