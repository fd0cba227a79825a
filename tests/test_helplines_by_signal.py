"""Whom to call first follows from what somebody wrote, and from who is open."""

from datetime import datetime

import pytest

from bot.authored.helplines import called_for, closed_at, open_first, read_helplines
from bot.dialogue.answers import Answered, Chosen
from bot.dialogue.care_screen import to_call
from bot.dialogue.conversation import Conversation
from bot.dialogue.message import Text
from bot.dialogue.sheet import Source
from bot.dialogue.tree import Choice
from bot.dialogue.vocabulary import CARE_SIGNALS
from bot.library import Library, authored_folders
from bot.wording.moments import DUTCH_TIME

LINE = """\
{id}:
  name: Iemand
  number: 0800-2000
  about: Bel {{nummer}}.
  checked: 2026-01-01
"""


def written(**more: str) -> str:
    return "".join(LINE.format(id=name) + rest for name, rest in more.items())


def library() -> Library:
    folders = authored_folders()
    found = Library.read(*folders, folders.dialogues / "teams")
    assert isinstance(found, Library), "\n".join(map(str, found))
    return found


def test_what_a_line_is_for_most_comes_first_and_then_who_is_always_open() -> None:
    read, problems = read_helplines(
        Source(
            "hulplijnen",
            written(
                tweede="  for: [weg, geweld]\n",
                eerste="  for: [geweld]\n  always: no\n",
                open="  for: [geweld, weg]\n  always: yes\n",
                ander="",
            ),
        )
    )

    assert problems == ()
    assert called_for(read.helplines)["geweld"] == ("open", "eerste", "tweede")
    assert called_for(read.helplines)["weg"] == ("tweede", "open")
    assert called_for(read.helplines)["zelfdoding"] == ()
    assert open_first(read.helplines) == ("open", "tweede", "eerste", "ander")


def test_a_line_for_something_unknown_is_told_about() -> None:
    text = written(een="  for: [honger]\n  always: soms\n")

    problems = read_helplines(Source("hulplijnen", text))[1]

    assert sorted((problem.line, problem.code) for problem in problems) == [
        (6, "wrong-value"),
        (7, "wrong-value"),
    ]


def test_hours_and_whom_a_line_is_for_have_a_shape() -> None:
    text = written(
        goed="  open: 11-21\n  who: [child, young/twaalf]\n", fout="  open: avond\n  who: [oma]\n"
    )

    read, problems = read_helplines(Source("hulplijnen", text))

    assert read.helplines[0].hours == (11, 21)
    assert read.helplines[0].who == ("child", "young/twaalf")
    assert [problem.line for problem in problems] == [14, 13]


def at(hour: int, minute: int = 0) -> int:
    """A moment on a winter's day in the Netherlands."""
    return int(datetime(2026, 1, 14, hour, minute, tzinfo=DUTCH_TIME).timestamp())


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [(at(10, 59), False), (at(11), True), (at(20, 59), True), (at(21), False)],
)
def test_a_line_is_open_between_its_hours_in_dutch_time(moment: int, *, is_open: bool) -> None:
    (line,) = read_helplines(Source("hulplijnen", written(een="  open: 11-21\n")))[0].helplines

    assert line.is_open(moment) is is_open
    assert closed_at([line], moment) == (() if is_open else ("een",))


def called(dialogue: str, age: str, hour: int, *care: str) -> tuple[str, ...]:
    """Whom someone is told to call, who said how old they are if ``age`` is there."""
    shipped = library()
    answers = (Answered("waarheid/leeftijd", Chosen((age,))),) if age else ()
    talk = Conversation(dialogue, "", "nl", team="linde", answers=answers, care=care)
    return to_call(shipped.at(shipped.dialogues[dialogue], at(hour)), talk)


@pytest.mark.parametrize(
    ("dialogue", "age", "by_day", "by_night"),
    [
        ("ouder", "", (), ()),
        ("ander", "", (), ()),
        ("kind", "", ("kindertelefoon",), ("kindertelefoon",)),
        ("jongere", "kind", ("kindertelefoon",), ("kindertelefoon",)),
        ("jongere", "twaalf", ("kindertelefoon",), ("kindertelefoon",)),
        ("jongere", "zestien", ("kindertelefoon",), ("kindertelefoon",)),
        ("jongere", "achttien", ("alles_oke",), ("alles_oke",)),
        ("jongere", "", ("alles_oke", "kindertelefoon"), ("alles_oke", "kindertelefoon")),
    ],
)
def test_for_words_of_suicide_113_comes_first_then_112_then_who_is_of_that_age(
    dialogue: str, age: str, by_day: tuple[str, ...], by_night: tuple[str, ...]
) -> None:
    always = ("zelfmoordpreventie", "alarm")

    assert called(dialogue, age, 15, "zelfdoding") == (*always, *by_day)
    assert called(dialogue, age, 3, "zelfdoding") == (*always, *by_night)


def test_who_is_open_now_comes_before_who_is_not() -> None:
    assert called("jongere", "", 12, "zelfdoding")[2:] == ("kindertelefoon", "alles_oke")
    assert called("jongere", "", 15, "zelfdoding")[2:] == ("alles_oke", "kindertelefoon")
    assert called("jongere", "twaalf", 15, "weg")[0] == "kindertelefoon"
    assert called("jongere", "twaalf", 3, "weg") == ("veilig_thuis", "alarm", "kindertelefoon")


@pytest.mark.parametrize("signal", CARE_SIGNALS)
def test_a_line_for_young_adults_never_comes_before_112(signal: str) -> None:
    for hour in (3, 15):
        shown = called("jongere", "achttien", hour, signal)

        assert "alarm" in shown
        assert "alles_oke" not in shown[: shown.index("alarm")]
        for other in ("ouder", "ander", "kind"):
            assert "alles_oke" not in called(other, "", hour, signal)


def test_the_ages_that_lines_are_for_are_choices_of_young_people() -> None:
    shipped = library()
    asked = shipped.dialogues["jongere"].nodes["waarheid/leeftijd"]
    told = {each for line in shipped.helplines for each in line.who if "/" in each}

    assert isinstance(asked, Choice)
    assert told == {f"young/{code}" for code in asked.codes}


def test_what_we_ship_names_the_right_line_first_in_every_language() -> None:
    shipped = library()

    first = {signal: shipped.around.called_for[signal][0] for signal in CARE_SIGNALS}
    assert first == {
        "zelfdoding": "zelfmoordpreventie",
        "misbruik": "seksueel_geweld",
        "geweld": "alarm",
        "weg": "kindertelefoon",
    }
    always = {helpline.id for helpline in shipped.helplines if helpline.always}
    assert all(always & set(shipped.around.called_for[signal]) for signal in CARE_SIGNALS)
    assert set(shipped.around.helplines[: len(always)]) == always


def test_113_speaks_in_the_words_it_asks_for() -> None:
    """Source: 113's standard text since 3 October 2025 (domain notes, §4.5)."""
    said = library().texts.text(Text("hulplijnen/zelfmoordpreventie/about"), "nl", {})

    assert said.startswith(
        "Denk je aan zelfdoding? Bel dan 24/7 gratis en anoniem 113 of chat op 113.nl."
    )


def test_every_signal_has_a_message_that_names_no_means_and_asks_nothing() -> None:
    texts = library().texts

    for signal in CARE_SIGNALS:
        for language in ("nl", "en"):
            said = texts.text(Text(f"vast/care_{signal}"), language, {})
            assert said
            assert "?" not in said
            assert len(said) < 220
