import json
from pathlib import Path

import pytest

from bot.__main__ import parser
from bot.commands.check import SHOWN, as_json, run, teams_folder, told
from bot.dialogue.problems import Problem
from bot.library import authored_folders
from bot.settings import SettingsError

STALE = Problem("dialogen/hulplijnen.yaml", 4, "stale", "Kijk na.")


def test_problems_are_told_file_by_file_with_line_and_code() -> None:
    problems = (
        Problem("locales/tr/LC_MESSAGES/ouder.po", 9, "outdated", "Kijk na."),
        Problem("dialogen/ouder/dialoog.yaml", 12, "dead-end", "Zet er een weg bij."),
        Problem("dialogen/ouder/dialoog.yaml", 0, "wrong-value", "Geef de map een naam."),
    )

    assert list(told(problems, ())) == [
        "dialogen/ouder/dialoog.yaml",
        "  Geef de map een naam. [wrong-value]",
        "  regel 12: Zet er een weg bij. [dead-end]",
        "",
        "locales/tr/LC_MESSAGES/ouder.po",
        "  regel 9: Kijk na. [outdated]",
        "",
        "3 problemen in 2 bestanden.",
    ]


def test_warnings_stand_apart_and_do_not_count_as_problems() -> None:
    assert list(told((), (STALE,))) == [
        "Waarschuwingen: dit houdt niets tegen, en vraagt wel aandacht.",
        "",
        "dialogen/hulplijnen.yaml",
        "  regel 4: Kijk na. [stale]",
        "",
    ]


def test_a_language_that_has_just_begun_does_not_fill_the_screen() -> None:
    problems = [Problem("ouder.po", line, "untranslated", "Nog niet.") for line in range(1, 601)]

    lines = list(told(problems, ()))

    assert len(lines) == SHOWN + 4
    assert f"  En nog {600 - SHOWN} keer [untranslated]." in lines
    assert lines[-1] == "600 problemen in 1 bestand."


def test_a_program_gets_every_problem() -> None:
    problems = [Problem("ouder.po", line, "untranslated", "Nog niet.") for line in range(1, 601)]

    found = json.loads(as_json(problems, (STALE,)))

    assert len(found["problems"]) == 600
    assert found["warnings"] == [
        {
            "file": "dialogen/hulplijnen.yaml",
            "line": 4,
            "code": "stale",
            "message": "Kijk na.",
        }
    ]


def test_what_we_ship_passes(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SAMENSPRAAK_DATA", raising=False)

    code = run(parser().parse_args(["check"]))

    told_ = capsys.readouterr().out
    assert code == 0, told_
    assert "Alles klopt: " in told_


def test_a_problem_in_a_team_of_this_installation_fails_the_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SAMENSPRAAK_DATA", str(tmp_path))
    monkeypatch.setenv("SAMENSPRAAK_PUBLIC_URL", "https://samenspraak.voorbeeld.nl")
    (tmp_path / "teams").mkdir()
    (tmp_path / "teams" / "linde.yaml").write_text("name: Linde\n", encoding="utf-8")

    code = run(parser().parse_args(["check", "--json"]))

    found = json.loads(capsys.readouterr().out)
    assert code == 1
    assert {each["file"] for each in found["problems"]} == {"teams/linde.yaml"}


def test_without_an_installation_the_examples_are_checked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delenv("SAMENSPRAAK_DATA", raising=False)

    assert teams_folder(parser().parse_args(["check"])) == authored_folders().dialogues / "teams"


def test_settings_that_were_asked_for_must_be_there(tmp_path: Path) -> None:
    args = parser().parse_args(["--settings", str(tmp_path / "weg"), "check"])

    with pytest.raises(SettingsError):
        teams_folder(args)
