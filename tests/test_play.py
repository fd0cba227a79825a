"""A dialogue in the terminal, and the transcript it leaves."""

import io
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.rehearsal import read_transcript


def plays(monkeypatch: pytest.MonkeyPatch, typed: str, *options: str) -> int:
    """Type ``typed``, line by line, to ``samenspraak play``; its exit code."""
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    return main(["play", *options])


def test_a_number_taps_a_button_and_what_is_said_is_written_as_a_transcript(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "gesprek.txt"

    assert plays(monkeypatch, "1\n/help\n[Geen knop]\n", "ouder", "--write", str(file)) == 0

    shown = capsys.readouterr().out
    assert "Over wie wil je iets vertellen?" in shown
    assert "geen knop [Geen knop]" in shown
    lines = read_transcript(file.read_text(encoding="utf-8"))
    assert [line.text for line in lines if line.sign == ">"] == ["/start", "[Begin]", "/help"]


def test_a_transcript_that_is_there_is_never_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "gesprek.txt"
    file.write_text("van mij", encoding="utf-8")

    assert plays(monkeypatch, "", "ouder", "--write", str(file)) == 2

    assert file.read_text(encoding="utf-8") == "van mij"
    assert "bestaat al" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "told"),
    [(["niets"], "Wel: ouder"), (["ouder", "--language", "xx"], "nog niet aangeboden")],
)
def test_what_cannot_be_played_is_told_in_one_line(
    options: list[str],
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert plays(monkeypatch, "", *options) == 2

    assert told in capsys.readouterr().err
