"""``samenspraak transcripts`` and ``draw``, as an author uses them."""

from pathlib import Path

import pytest

from bot.__main__ import main
from bot.authoring.transcript import Transcript
from bot.commands.terminal import OperatorError
from bot.commands.transcripts import counted, found, played, recorded
from tests.authoring.small import SENT, library, transcript

BETTER = SENT.replace("Waar zit je mee?", "Waar denk je veel aan?")


@pytest.fixture
def sent(tmp_path: Path) -> Transcript:
    return transcript(tmp_path, SENT)


# --- transcripts ----------------------------------------------------------------------------------


def test_what_comes_true_is_counted(sent: Transcript, capsys: pytest.CaptureFixture[str]) -> None:
    assert played(library(), [sent]) == 0

    told = capsys.readouterr().out
    assert told.startswith(
        "Voorbeeldgesprekken: 1, elk in: Nederlands, English. 16 keer iets gedaan"
    )
    assert told.endswith("24 regels nagekeken, 0 niet goed.\n")


def test_what_does_not_come_true_is_told_with_its_line(
    sent: Transcript, capsys: pytest.CaptureFixture[str]
) -> None:
    assert played(library({"vertel": "Waar denk je veel aan?"}), [sent]) == 1

    told = capsys.readouterr().out
    assert "proef/gesprekken/gesprek.txt:13: ‘Waar zit je mee?’ wordt niet gezegd" in told
    assert "2 niet goed." in told


def test_recording_shows_what_changes_and_then_it_comes_true(
    sent: Transcript, capsys: pytest.CaptureFixture[str]
) -> None:
    books = library({"vertel": "Waar denk je veel aan?"})

    shown = list(recorded(books, sent))

    assert "-< Waar zit je mee?" in shown
    assert "+< Waar denk je veel aan?" in shown
    assert sent.path.read_text(encoding="utf-8") == BETTER
    assert played(books, found(books, sent.path.parents[2])) == 0
    assert "0 niet goed" in capsys.readouterr().out


def test_recording_again_changes_nothing(sent: Transcript) -> None:
    assert list(recorded(library(), sent)) == []

    assert sent.path.read_text(encoding="utf-8") == SENT


def test_a_conversation_that_cannot_be_played_is_not_written(tmp_path: Path) -> None:
    text = SENT.replace("[Begin]\n<", "[Vooruit]\n<")
    read = transcript(tmp_path, text)

    assert list(recorded(library({"vertel": "Anders"}), read)) == []

    assert read.path.read_text(encoding="utf-8") == text


def test_what_is_not_passed_is_told_per_dialogue(sent: Transcript) -> None:
    told = list(counted(library(), [sent], ["proef"]))

    assert told[0] == "proef: 7 van 13 stappen, 3 van 10 keuzes, 7 van 15 wegen."
    assert "    keuze bij veilig: [Thuis]" in told
    assert told[-1].startswith("Vaste knoppen over veiligheid en toestemming die ontbreken: [✏️] [")
    assert "[Ja, wis alles]" in told[-1]


def test_a_dialogue_or_a_line_that_cannot_be_read_is_told(tmp_path: Path) -> None:
    transcript(tmp_path, SENT)
    (tmp_path / "proef" / "gesprekken" / "kapot.txt").write_text("Hallo", encoding="utf-8")

    with pytest.raises(OperatorError, match=r"De dialoog .niets. is er niet. Wel: proef."):
        found(library(), tmp_path, "niets")
    with pytest.raises(OperatorError, match=r"kapot\.txt: regel 1: begin met"):
        found(library(), tmp_path, "proef")


def test_the_command_plays_and_counts_what_lies_beside_the_dialogues(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["transcripts", "ouder", "--coverage"]) == 0
    assert main(["transcripts", "ouder"]) == 0

    told = capsys.readouterr().out
    assert "ouder: " in told
    assert "0 niet goed." in told


# --- draw -----------------------------------------------------------------------------------------


def test_a_dialogue_is_drawn_in_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "ouder.svg"

    assert main(["draw", "ouder", "-o", str(file)]) == 0

    assert file.read_text(encoding="utf-8").startswith("<svg ")
    assert f"{file}: " in capsys.readouterr().out


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["draw", "niets"], "De dialoog ‘niets’ is er niet. Wel: "),
        (["draw", "ouder", "-o", "/"], "/ kan niet geschreven worden"),
    ],
)
def test_what_cannot_be_drawn_is_told_in_one_line(
    typed: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(typed) == 2

    assert told in capsys.readouterr().err
