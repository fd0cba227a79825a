"""What ``samenspraak explore`` prints is for whoever wrote the dialogue."""

import pytest

from bot.__main__ import main
from bot.commands import explore
from bot.commands.places import place_of
from bot.exploring.explorer import Report
from bot.exploring.findings import finding
from bot.exploring.rendering import Longest
from bot.library import authored_folders
from tests.world import library

DIALOGUES = authored_folders().dialogues


def line_of(context: str) -> str:
    """The line that ``place_of`` points at."""
    file, _, line = place_of(DIALOGUES, context).rpartition(":")
    return (DIALOGUES.parent / file).read_text("utf-8").splitlines()[int(line) - 1].strip()


@pytest.mark.parametrize(
    ("context", "line"),
    [
        ("ouder/over_wie", "over_wie:"),
        ("bouwstenen/contact/naam", "naam:"),
        ("vast/help_intro", "help_intro:"),
        ("hulplijnen/kindertelefoon/about", "kindertelefoon:"),
    ],
)
def test_a_finding_points_at_the_line_an_author_can_mend(context: str, line: str) -> None:
    assert line_of(context).startswith(line)


def test_what_has_no_line_of_its_own_is_told_with_its_file_or_name() -> None:
    assert place_of(DIALOGUES, "ouder/bestaat_niet") == "dialogen/ouder/dialoog.yaml"
    assert place_of(DIALOGUES, "nergens/iets") == "nergens/iets"


def test_a_dialogue_without_a_finding_is_told_in_a_few_lines(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["explore", "wie"]) == 0

    printed = capsys.readouterr().out
    assert "wie: " in printed
    assert "standen bekeken" in printed
    assert "Nederlands: " in printed
    assert "Alles klopt: iedereen kan verder, en elk bericht past." in printed


def test_a_dialogue_that_is_not_there_is_a_clear_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explore", "nergens"]) == 2

    assert "Het gesprek ‘nergens’ is er niet. Wel: " in capsys.readouterr().err


def test_findings_are_told_by_place_with_how_to_get_there() -> None:
    way = tuple(f"[{number}]" for number in range(20))
    report = Report(
        "ouder",
        states=12_345,
        events=2,
        rendered={"nl": 1_000},
        longest={"nl": Longest(1_356, "vast/help_intro")},
        findings=[
            finding("dead-end", "ouder/over_wie", way),
            finding("never-here", "bouwstenen/contact/naam"),
        ],
    )

    lines = list(explore.told(library(), report))

    assert "ouder: 12.345 standen bekeken, 2 keer iets gedaan." in lines
    assert any("Het langste heeft 1.356 van de 4.096 tekens: dialogen/vast" in one for one in lines)
    assert "  2 dingen kloppen niet:" in lines
    place = lines.index(f"  {place_of(DIALOGUES, 'ouder/over_wie')}")
    assert lines[place + 1].endswith("[dead-end]")
    assert lines[place + 2] == f"    Zo kom je er: … {' '.join(way[-12:])}"


def test_one_finding_is_told_in_the_singular() -> None:
    report = Report("ouder", findings=[finding("dead-end", "ouder/over_wie")])

    assert "  1 ding klopt niet:" in list(explore.told(library(), report))


def test_findings_end_the_command_with_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    found = Report("wie", findings=[finding("dead-end", "wie/ouder")])
    monkeypatch.setattr("bot.commands.explore.explored", lambda *_args, **_options: found)

    assert main(["explore", "wie"]) == 1

    assert "[dead-end]" in capsys.readouterr().out
