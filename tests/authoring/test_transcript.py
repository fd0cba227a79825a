"""A transcript as a file: what an author may write, and what is told when it cannot be read."""

from pathlib import Path

import pytest

from bot.authoring.transcript import Transcript, TranscriptError, transcripts
from tests.authoring.small import SENT, transcript


def test_a_transcript_is_read_deed_by_deed(tmp_path: Path) -> None:
    read = transcript(tmp_path, SENT)

    assert (read.name, read.dialogue, read.language) == ("gesprek", "proef", "nl")
    assert read.rows == (13, 20)
    assert [beat.deed.text for beat in read.beats][:3] == [
        "/start t_linde",
        "[Begin]",
        "[☐ Slapen]",
    ]
    assert [line.text for line in read.beats[-1].page] == [
        "IN HUN EIGEN WOORDEN",
        "| we slapen slecht",
        "Slapen",
    ]


def test_what_is_said_stands_apart_from_the_buttons_under_it(tmp_path: Path) -> None:
    [first] = transcript(tmp_path, "> /start\n< Kies [iets] uit.  [☐ Wat [vrij] is] [Klaar]").beats
    [line] = first.said

    assert line.words == "Kies [iets] uit."
    assert line.labels == ("☐ Wat [vrij] is", "Klaar")


def test_what_is_typed_in_another_language_stands_below_it(tmp_path: Path) -> None:
    read = transcript(tmp_path, SENT)

    assert [beat.instead for beat in read.beats if beat.instead] == [{"en": "we sleep badly"}]


@pytest.mark.parametrize(
    ("name", "language"),
    [("a.txt", "nl"), ("a.en.txt", "en"), ("a.b.txt", "nl"), ("en.txt", "nl"), ("a.tr.txt", "tr")],
)
def test_the_language_stands_in_the_name(name: str, language: str, tmp_path: Path) -> None:
    assert transcript(tmp_path, "> /start", name).language == language


@pytest.mark.parametrize(
    ("text", "channels"),
    [
        ("> /start", ("telegram", "chatpagina")),
        ("# rij 1\n# alleen telegram\n> /start", ("telegram",)),
        ("# alleen chatpagina\n\n> /start", ("chatpagina",)),
        ("# alleen voor ons\n> /start", ("telegram", "chatpagina")),
        ("> /start\n# alleen telegram", ("telegram", "chatpagina")),
    ],
)
def test_a_conversation_may_be_for_one_channel(
    text: str, channels: tuple[str, ...], tmp_path: Path
) -> None:
    assert transcript(tmp_path, text).channels == channels


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("> /start\nHallo", "gesprek.txt: regel 2: begin met"),
        ("> /start\n<en Hello", "regel 2: begin met"),
        ("> /start\n>xx hallo", "regel 2: begin met"),
        ("< Hallo", "regel 1: een gesprek begint met > /start"),
        (">en hello\n> /start", "regel 1: een gesprek begint met > /start"),
        ("# rij 44\n> /start", "regel 1: zet achter ‘rij’ nummers van 1 tot 43"),
        ("# rij een\n> /start", "regel 1: zet achter ‘rij’ nummers"),
        ("# rij\n> /start", "regel 1: zet achter ‘rij’ nummers"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, told: str, tmp_path: Path) -> None:
    with pytest.raises(TranscriptError, match=told.replace("‘", ".").replace("’", ".")):
        transcript(tmp_path, text)


def test_a_transcript_without_a_deed_has_nothing_to_play(tmp_path: Path) -> None:
    assert transcript(tmp_path, "# Nog leeg.\n").beats == ()


def test_transcripts_are_found_beside_their_dialogue(tmp_path: Path) -> None:
    transcript(tmp_path, "> /start", "b.txt")
    transcript(tmp_path, "> /start", "a.txt")
    (tmp_path / "proef" / "gesprekken" / "aantekening.md").write_text("niet dit", encoding="utf-8")

    assert [path.name for path in transcripts(tmp_path)] == ["a.txt", "b.txt"]
    assert transcripts(tmp_path, "ander") == []
    assert [Transcript.read(path).name for path in transcripts(tmp_path, "proef")] == ["a", "b"]
