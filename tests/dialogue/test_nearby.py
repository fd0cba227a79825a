"""People and places near a team: for what was chosen, few, dated, and never instead of the team."""

import msgspec
import pytest

from bot.dialogue.around import Around, NearPlace, TeamPlace
from bot.dialogue.compiler import Source, compile_dialogue
from bot.dialogue.message import Moment, Part, Say, Text
from bot.dialogue.nearby import MOST, Pointer, Remark, each_alone, parts, pointers
from bot.dialogue.tree import Compiled, Dialogue, Nearby, Statement, Wanted
from bot.dialogue.walk import walk
from tests.dialogue.broken_files import WAARHEID
from tests.dialogue.trees import Talk, to

TEXT = """\
dialogue: proef
start: begin
nodes:
  begin: {use: waarheid, next: thuis}
  thuis:
    ask: choice
    text: Gaat het thuis?
    choices: {goed: Goed, krap: We zitten krap}
    next: zwaar
  zwaar:
    ask: choices
    text: Wat is zwaar?
    choices: {slapen: Slapen, geld: Geld, alleen: Alleen zijn}
    next: buurt
  buurt:
    say: Dit is er in de buurt.
    nearby:
      zwaar: {alleen: [ontmoeten, sport], geld: geld}
      thuis: {krap: wonen}
    next: einde
  einde: {end: Dag.}
"""

LOKET = NearPlace("teams/linde/1", ("geld",), 1_791_201_600, free=True)
HUISKAMER = NearPlace("teams/linde/2", ("ontmoeten", "sport"), 1_789_387_200)
KOFFIE = NearPlace("teams/linde/3", ("ontmoeten",), 1_789_387_200, free=False)
COACH = NearPlace("teams/linde/4", ("sport",), 1_789_387_200)
WOONPUNT = NearPlace("teams/linde/5", ("wonen",), 1_789_387_200)
NEAR = (LOKET, HUISKAMER, KOFFIE, COACH, WOONPUNT)

AROUND = Around(
    (
        TeamPlace("linde", "Team De Linde", nearby=NEAR),
        TeamPlace("eik", "Team De Eik"),
    )
)


def compiled(text: str = TEXT) -> Dialogue:
    found = compile_dialogue(Source("proef", text), {"waarheid": WAARHEID})
    assert isinstance(found, Compiled), found
    return found.dialogue.furnished(AROUND)


def problems(nearby: str) -> list[str]:
    """What is wrong when ``nearby`` stands there, as ``line code``."""
    head = TEXT.partition("    nearby:\n")[0]
    text = f"{head}{nearby}    next: einde\n  einde: {{end: Dag.}}\n"
    found = compile_dialogue(Source("proef", text), {"waarheid": WAARHEID})
    return [] if isinstance(found, Compiled) else [f"{one.line} {one.code}" for one in found]


def named(talk: Talk) -> list[str]:
    """The places that were named in the last step, by topic and number."""
    return [
        f"{pointer.topic} {pointer.place.context[-1]}"
        for remark in walk(talk.dialogue, talk.conversation).said
        for pointer in remark.pointers
    ]


def keys_of(say: Say) -> list[str]:
    return [piece.key for part in say.parts for piece in part.pieces if isinstance(piece, Text)]


# --- Which are named ----------------------------------------------------------------------------


def test_what_was_chosen_decides_which_places_are_named() -> None:
    talk = Talk(compiled())

    talk.taps("krap", "geld", "-done")

    assert named(talk) == ["geld 1", "wonen 5"]


def test_each_topic_gets_a_place_before_one_gets_a_second_and_none_stands_there_twice() -> None:
    assert pointers(NEAR, ("ontmoeten", "sport")) == (
        Pointer(HUISKAMER, "ontmoeten"),
        Pointer(COACH, "sport"),
        Pointer(KOFFIE, "ontmoeten"),
    )


def test_no_more_than_three_are_named_at_a_time() -> None:
    talk = Talk(compiled())

    talk.taps("krap", "geld", "alleen", "-done")

    assert MOST == 3
    assert named(talk) == ["ontmoeten 2", "sport 4", "geld 1"]


@pytest.mark.parametrize(
    ("team", "taps"),
    [
        ("linde", ("goed", "slapen", "-done")),
        ("linde", ("goed", "-skip")),
        ("eik", ("krap", "geld", "alleen", "-done")),
        (None, ("krap", "geld", "alleen", "-done")),
    ],
)
def test_with_nothing_to_name_it_is_passed_over_in_silence(
    team: str | None, taps: tuple[str, ...]
) -> None:
    talk = Talk(compiled(), team)

    talk.taps(*taps)

    assert [keys_of(say) for say in talk.effects(Say) if isinstance(say, Say)] == [
        ["proef/einde/text"]
    ]


def test_a_question_in_a_building_block_is_read_from_inside_that_block() -> None:
    block = Source(
        "blok",
        "block: blok\nstart: zwaar\nnodes:\n"
        "  zwaar: {ask: choices, text: Zwaar?, choices: {geld: Geld, rust: Rust}, next: buurt}\n"
        "  buurt: {say: Dichtbij., nearby: {zwaar: {geld: geld}}, next: return}\n",
    )
    text = (
        "dialogue: proef\nstart: begin\nnodes:\n  begin: {use: waarheid, next: blok}\n"
        "  blok: {use: blok, next: einde}\n  einde: {end: Dag.}\n"
    )

    found = compile_dialogue(Source("proef", text), {"waarheid": WAARHEID, "blok": block})

    assert isinstance(found, Compiled)
    node = found.dialogue.nodes["blok/buurt"]
    assert isinstance(node, Nearby)
    assert node.wanted == (Wanted("blok/zwaar", "geld", ("geld",)),)


def test_a_stored_dialogue_still_knows_what_is_near() -> None:
    dialogue = compiled()

    again = msgspec.json.decode(msgspec.json.encode(dialogue), type=Dialogue)

    assert again == dialogue


def test_everything_that_can_be_named_is_known_one_by_one() -> None:
    dialogue = compiled()
    node = dialogue.nodes["buurt"]
    assert isinstance(node, Nearby)

    alone = each_alone(dialogue, "linde", node)

    assert [(one.pointers[0].topic, one.pointers[0].place) for one in alone] == [
        ("ontmoeten", HUISKAMER),
        ("ontmoeten", KOFFIE),
        ("sport", HUISKAMER),
        ("sport", COACH),
        ("geld", LOKET),
        ("wonen", WOONPUNT),
    ]


# --- How it looks -------------------------------------------------------------------------------


def test_a_pointer_tells_what_it_is_how_to_get_there_and_when_that_was_checked() -> None:
    talk = Talk(compiled())

    talk.taps("goed", "geld", "-done")

    (say, *_) = [each for each in talk.effects(Say) if isinstance(each, Say)]
    about = Text("vast/nearby_free", {"wat": Text("teams/linde/1/about")})
    assert say.parts == (
        Part((Text("proef/buurt/text"),)),
        Part(
            (
                Text(
                    "vast/nearby_name",
                    {"soort": Text("vast/nearby_geld"), "naam": Text("teams/linde/1/name")},
                ),
            ),
            "heading",
        ),
        Part(
            (
                Text(
                    "vast/nearby_place",
                    {
                        "wat": about,
                        "bereik": Text("teams/linde/1/reach"),
                        "dag": Moment(LOKET.checked, clock=False, year=True),
                    },
                ),
            )
        ),
        Part((Text("vast/nearby_beside"),)),
    )
    assert say.rows == ()


@pytest.mark.parametrize(
    ("place", "key"), [(KOFFIE, "vast/nearby_paid"), (COACH, "teams/linde/4/about")]
)
def test_what_it_costs_is_said_when_somebody_knows(place: NearPlace, key: str) -> None:
    node = Nearby(id="b", context="proef/b", routes=to("einde"), wanted=())

    told = parts(Remark(node, (Pointer(place, "sport"),)))[2].pieces[0]

    assert isinstance(told, Text)
    assert isinstance(told.values["wat"], Text)
    assert told.values["wat"].key == key


def test_whatever_is_named_the_message_ends_with_what_it_is_not() -> None:
    node = Nearby(id="b", context="proef/b", routes=to("einde"), wanted=())

    for near in (NEAR[:1], NEAR[:3]):
        said = parts(Remark(node, tuple(Pointer(one, "geld") for one in near)))

        assert said[-1] == Part((Text("vast/nearby_beside"),))


def test_a_statement_without_places_is_said_as_it_is() -> None:
    plain = Remark(Statement(id="a", context="proef/a", routes=to("b")))

    assert not plain.silent
    assert parts(plain) == (Part((Text("proef/a/text"),)),)


# --- How it is written --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("nearby", "found"),
    [
        ("    nearby:\n      zwaar: {geld: geld}\n      thuis: {krap: wonen}\n", []),
        ("    nearby: geld\n", ["17 wrong-shape"]),
        ("    nearby: {}\n", ["17 missing-key"]),
        ("    nearby: {zwaar: geld}\n", ["17 wrong-shape"]),
        ("    nearby: {zwaar: {}}\n", ["17 missing-key"]),
        ("    nearby: {zwaar: {geld: }}\n", ["17 missing-key"]),
        ("    nearby: {zwaar: {geld: []}}\n", ["17 missing-key"]),
        ("    nearby: {zwaar: {geld: [[geld]]}}\n", ["17 wrong-shape"]),
        ("    nearby: {zwaar: {geld: geld}, zwaar: {geld: geld}}\n", ["17 duplicate-key"]),
    ],
)
def test_what_cannot_be_read_is_told_once_and_nothing_is_guessed(
    nearby: str, found: list[str]
) -> None:
    told = [one for one in problems(nearby) if "answer-unused" not in one]

    assert told == found


def test_an_answer_that_only_decides_what_is_near_is_used() -> None:
    assert problems("    nearby: {zwaar: {geld: geld}}\n") == ["5 answer-unused"]
    assert problems("    nearby: {zwaar: {geld: geld}, thuis: {krap: wonen}}\n") == []


def test_above_places_there_is_room_for_a_thousand_characters() -> None:
    fits = TEXT.replace("Dit is er in de buurt.", "a" * 1_000)
    too_long = TEXT.replace("Dit is er in de buurt.", "a" * 1_001)

    assert "buurt" in compiled(fits).nodes
    found = compile_dialogue(Source("proef", too_long), {"waarheid": WAARHEID})
    assert isinstance(found, tuple)
    assert [problem.code for problem in found] == ["text-too-long"]
