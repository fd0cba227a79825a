"""Every example conversation beside a dialogue comes true."""

from pathlib import Path

import pytest

from bot.library import Library, authored_folders
from bot.rehearsal import Rehearsal, is_said, page_lines, read_transcript
from bot.texts import Message
from tests.world import NOW, library

TRANSCRIPTS = sorted(authored_folders().dialogues.glob("*/gesprekken/*.txt"))


@pytest.fixture(scope="module")
def books() -> Library:
    return library()


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_a_transcript_comes_true(path: Path, books: Library) -> None:
    """After each deed, what the transcript says is said, in that order; so is the page."""
    dialogue = books.dialogues[path.parent.parent.name]
    talk = Rehearsal(books, dialogue, team="linde")
    said: tuple[Message, ...] = ()
    page: list[str] = []
    for line in read_transcript(path.read_text(encoding="utf-8")):
        place = f"{path.name}:{line.number}"
        match line.sign:
            case ">":
                said = talk.does(line.text, NOW)
                page = list(page_lines(talk.page)) if talk.page else []
            case "<":
                while said and not is_said(line.text, said[0]):
                    said = said[1:]
                assert said, f"{place}: {line.text!r} is not said"
            case _:
                while page and page[0].strip() != line.text:
                    page = page[1:]
                assert page, f"{place}: {line.text!r} is not on the page"


def test_there_is_a_transcript_beside_every_dialogue(books: Library) -> None:
    assert {path.parent.parent.name for path in TRANSCRIPTS} == set(books.dialogues)
