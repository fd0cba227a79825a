"""A dialogue in the terminal, what stands beside it, and the transcript it leaves."""

import io
import os
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.authoring.replay import Replay
from bot.authoring.transcript import Transcript
from bot.commands.beside import CLEAR, Beside, columns_of, padded, wrapped
from bot.commands.play import Game
from bot.rehearsal import Rehearsal
from tests.authoring import small
from tests.world import NOW, library


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True

    @property
    def now(self) -> str:
        """What stands on it now."""
        return self.getvalue().split(CLEAR)[-1]


def plays(monkeypatch: pytest.MonkeyPatch, typed: str, *options: str) -> int:
    """Type ``typed``, line by line, to ``samenspraak play``; its exit code."""
    monkeypatch.setattr("sys.stdin", io.StringIO(typed))
    return main(["play", *options])


def game(*deeds: str, columns: int = 120, terminal: io.StringIO | None = None) -> str:
    """Play ``deeds`` with the small dialogue; all that is on the screen at the end."""
    books = small.library()
    screen = Screen() if terminal is None else terminal
    talk = Rehearsal(books, books.dialogues["proef"], team="linde")
    list(Game(talk, Beside(screen, columns, 40), NOW).played(("/start t_linde", *deeds)))
    return screen.now if isinstance(screen, Screen) else screen.getvalue()


# --- The transcript -------------------------------------------------------------------------------


def test_a_number_taps_a_button_and_what_is_said_is_written_as_a_transcript(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ouder" / "gesprekken" / "gesprek.txt"
    file.parent.mkdir(parents=True)

    assert plays(monkeypatch, "1\n\n/help\n[Geen knop]\n", "ouder", "--record", str(file)) == 0

    assert "geen knop [Geen knop]" in capsys.readouterr().out
    read = Transcript.read(file)
    assert [beat.deed.text for beat in read.beats] == ["/start t_linde", "[Begin]", "/help"]
    assert [passage.mismatches for passage in Replay(library(), read, "nl").passages()] == [()] * 3


def test_what_was_handed_over_is_written_too_and_replays(tmp_path: Path) -> None:
    books = small.library()
    talk = Rehearsal(books, books.dialogues["proef"], team="linde")
    deeds = ["/start t_linde", "1", "2", "[Klaar]", "1", "thuis is het spannend", "[Klaar]"]
    deeds += ["[Alles klopt]", "1", "/pagina", "nog iets"]

    lines = list(Game(talk, Beside(io.StringIO(), 80, 24), NOW).played(deeds))

    read = small.transcript(tmp_path, "\n".join(lines))
    assert any(beat.page for beat in read.beats)
    for language in ("nl", "en"):
        passages = list(Replay(books, read, language).passages())
        assert [passage.mismatches for passage in passages] == [()] * 10


def test_a_transcript_that_is_there_is_never_overwritten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "gesprek.txt"
    file.write_text("van mij", encoding="utf-8")

    assert plays(monkeypatch, "", "ouder", "--record", str(file)) == 2

    assert file.read_text(encoding="utf-8") == "van mij"
    assert "bestaat al" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["niets"], "Wel: "),
        (["ouder", "--language", "xx"], "nog niet aangeboden"),
        (["ouder", "--team", "eik"], "Het team ‘eik’ is er niet"),
        (["ouder", "--record", "gesprek.en.txt"], "De taal staat in de naam van het bestand"),
    ],
)
def test_what_cannot_be_played_is_told_in_one_line(
    options: list[str],
    told: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert plays(monkeypatch, "", *options) == 2

    assert told in capsys.readouterr().err


# --- Beside it ------------------------------------------------------------------------------------


def test_in_a_pipe_the_talk_goes_on_and_the_answers_and_the_page_come_when_asked() -> None:
    shown = game("[Begin]", "2", "[Klaar]", "/antwoorden", "/pagina", terminal=io.StringIO())

    assert "\x1b" not in shown
    assert shown.index("Waar voelt het niet veilig?") < shown.index("De antwoorden tot nu toe")
    assert "  | Wat zwaar is: Niet veilig" in shown
    assert "Dit zou het team nu lezen" in shown
    assert "  |   Niet veilig" in shown[shown.index("Dit zou het team nu lezen") :]


def test_a_page_that_was_sent_is_shown_at_once_in_a_pipe() -> None:
    deeds = ("[Begin]", "1", "[Klaar]", "[Sla over]", "[Alles klopt]")

    assert "Dit leest het team" not in game(*deeds, terminal=io.StringIO())
    assert "Dit leest het team" in game(*deeds, "[Ja, stuur het]", terminal=io.StringIO())


def test_in_a_wide_terminal_the_page_stands_beside_the_talk_after_every_deed() -> None:
    shown = game("[Begin]", "2", "[Klaar]").splitlines()

    assert all(columns_of(line) <= 120 for line in shown)
    assert shown[0].partition("│")[2].strip().startswith("Dit zou het team nu lezen")
    assert any("Waar voelt het niet veilig?" in line.partition("│")[0] for line in shown)
    assert any("▸   Niet veilig" in line.partition("│")[2] for line in shown)
    assert shown[-1] == "> "


def test_what_stands_beside_it_can_be_chosen_and_a_mistake_is_told() -> None:
    answers = game("[Begin]", "/antwoorden", "[Weg]")

    assert "De antwoorden tot nu toe" in answers
    assert "waarheid/begin: Begin  (niet op de pagina)" in answers
    assert "(geen knop [Weg]; wel" in answers
    assert "Nog geen." in game("/antwoorden")


def test_a_narrow_terminal_is_never_cleared() -> None:
    assert CLEAR not in game("[Begin]", "/pagina", columns=100)


def test_a_page_that_is_too_long_is_shown_around_what_is_new_in_it() -> None:
    screen = Screen()
    beside = Beside(screen, 120, 20)
    lines = [f"regel {n}" for n in range(60)]
    beside.shows("Titel", lines)
    beside.shows("Titel", [*lines[:50], "iets nieuws", *lines[50:]])

    assert "▸ iets nieuws" in screen.now
    assert "regel 3 " not in screen.now
    assert screen.now.count("…") == 2


def test_a_line_is_wrapped_and_padded_by_the_columns_it_takes() -> None:
    assert wrapped("", 30) == [""]
    assert wrapped("  een twee drie vier vijf zes", 22) == ["  een twee drie vier", "  vijf zes"]
    assert columns_of("🆘 a\u0301\u2068") == 4
    assert padded("🆘", 4) == "🆘  "


def test_the_size_of_the_window_is_that_of_the_terminal(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(os.environ, "COLUMNS", "200")

    assert plays(monkeypatch, "1\n", "ouder") == 0

    assert CLEAR not in capsys.readouterr().out
