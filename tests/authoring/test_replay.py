"""A transcript is led through the engine in any language, and what does not come true is told."""

from pathlib import Path

import pytest

from bot.authoring.replay import AT, Passage, Replay
from tests.authoring.small import SENT, library, transcript
from tests.world import NOW


def plays(folder: Path, text: str, language: str = "nl", **said: str) -> list[Passage]:
    return [*Replay(library(said), transcript(folder, text), language).passages()]


def wrong(passages: list[Passage]) -> list[str]:
    return [str(mismatch) for passage in passages for mismatch in passage.mismatches]


def test_every_transcript_is_played_at_the_moment_at_which_the_tests_stand_still() -> None:
    assert AT == NOW


def test_what_an_author_wrote_comes_true(tmp_path: Path) -> None:
    passages = plays(tmp_path, SENT)

    assert wrong(passages) == []
    assert len(passages) == 8
    assert passages[-1].given is not None
    assert [line.lines for line in passages[-1].page] == [
        ("IN HUN EIGEN WOORDEN",),
        ("| we slapen slecht",),
        ("Slapen",),
    ]


def test_in_another_language_the_same_is_expected_by_reference(tmp_path: Path) -> None:
    passages = plays(tmp_path, SENT, "en")

    assert wrong(passages) == []
    assert [passage.deed for passage in passages[1:4]] == [
        "[EN Begin]",
        "[EN ☐ EN Slapen]",
        "[EN Klaar]",
    ]
    assert passages[0].expected[0].lines == ("EN Ik ben een computer.",)
    assert passages[0].expected[1].labels == ("EN Begin",)


def test_own_words_are_typed_as_they_are_unless_the_author_gave_others(tmp_path: Path) -> None:
    told = plays(tmp_path, SENT, "en")
    same = plays(tmp_path, SENT.replace(">en we sleep badly\n", ""), "en")

    assert told[-1].page[1].lines == ("| we sleep badly",)
    assert same[-1].page[1].lines == ("| we slapen slecht",)
    assert "Slapen (Engels: EN Slapen)" in told[-1].page[2].lines


def test_a_paragraph_that_is_divided_otherwise_is_expected_whole(tmp_path: Path) -> None:
    books = library(
        english={"bouwstenen/waarheid/welkom/text": "I am a computer. In danger? Call 112."}
    )

    [first, *_] = Replay(books, transcript(tmp_path, SENT), "en").passages()

    assert first.mismatches == ()
    assert first.expected[0].lines == ("I am a computer. In danger? Call 112.",)


@pytest.mark.parametrize(
    ("line", "instead", "told"),
    [
        ("< Waar zit je mee?", "< Wat is er?", ":13: ‘Wat is er?’ wordt niet gezegd; wel: "),
        ("< Wat is nu zwaar?  [☐ Slapen]", "< Wat is nu zwaar?  [Rust]", ":9: onder ‘Wat is nu"),
        ("< Slapen", "< Klopt het zo?", ":21: ‘Klopt het zo?’ wordt eerder gezegd"),
        ("= Slapen", "= Wonen", ":30: ‘Wonen’: staat niet op de pagina"),
        ("> [Klaar]\n< Waar", "> [Weg]\n< Waar", ":12: geen knop [Weg]; wel "),
    ],
)
def test_what_does_not_come_true_is_told_with_its_line(
    line: str, instead: str, told: str, tmp_path: Path
) -> None:
    [found, *_] = wrong(plays(tmp_path, SENT.replace(line, instead, 1)))

    assert told in found


def test_what_is_said_too_early_is_told(tmp_path: Path) -> None:
    text = SENT.replace("< we slapen slecht\n< Slapen", "< Slapen\n< we slapen slecht")

    assert "eerder gezegd dan de regel hierboven" in wrong(plays(tmp_path, text))[0]


def test_a_page_that_was_not_sent_is_told(tmp_path: Path) -> None:
    text = SENT.replace("> [Ja, stuur het]\n< Dank je wel.", "> [Nee, nu niet]")

    assert all("er is geen pagina gestuurd" in each for each in wrong(plays(tmp_path, text)))


def test_after_a_deed_that_cannot_be_done_nothing_more_is_played(tmp_path: Path) -> None:
    passages = plays(tmp_path, SENT.replace("> [Begin]", "> [Vooruit]"))

    assert len(passages) == 2
    assert len(wrong(passages)) == 1


def test_a_conversation_that_goes_otherwise_in_another_language_is_told(tmp_path: Path) -> None:
    """Here by words that are too long in English only."""
    text = SENT.replace(">en we sleep badly", f">en {'badly ' * 2000}")

    assert wrong(plays(tmp_path, text)) == []
    [found] = wrong(plays(tmp_path, text, "en"))
    assert "in het English: het gesprek gaat anders" in found


def test_what_is_not_translated_is_told(tmp_path: Path) -> None:
    books = library(english={"proef/vertel/text": ""})

    passages = [*Replay(books, transcript(tmp_path, SENT), "en").passages()]

    assert "in het English: dit is nog niet vertaald: Waar zit je mee?" in wrong(passages)[0]


def test_a_transcript_in_another_language_is_played_in_dutch_too(tmp_path: Path) -> None:
    text = "> /start t_linde\n< EN Ik ben een computer.\n> [EN Begin]\n< EN Wat is nu zwaar?"
    path = transcript(tmp_path, text, "gesprek.en.txt")

    for language, first in (("en", "EN Ik ben een computer."), ("nl", "Ik ben een computer.")):
        passages = [*Replay(library(), path, language).passages()]
        assert wrong(passages) == []
        assert passages[0].expected[0].lines == (first,)
