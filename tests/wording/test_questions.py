"""What is asked stands out from what is said around it."""

import pytest

from bot.dialogue.message import Part, Say, Text
from bot.wording.questions import asked_in
from tests.world import library


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hoe oud ben je?", ("", "Hoe oud ben je?", "")),
        ("Vertel maar.", ("", "Vertel maar.", "")),
        (
            "Ik ben een computer.\n\nHoe oud ben je?",
            ("Ik ben een computer.", "Hoe oud ben je?", ""),
        ),
        ("Is er gevaar? Bel 112.\n\nWie ben je?", ("Is er gevaar? Bel 112.", "Wie ben je?", "")),
        (
            "Wie helpt? Denk breed.\n\nEen voornaam is genoeg.",
            ("", "Wie helpt? Denk breed.", "Een voornaam is genoeg."),
        ),
        (
            "Dit gaat naar Linde. Mag dat?\nNog niemand las het.\nHet antwoord komt hier.",
            ("", "Dit gaat naar Linde. Mag dat?", "Nog niemand las het.\nHet antwoord komt hier."),
        ),
        ("Tot gauw.\n\nJe hoort het.", ("", "Tot gauw.", "Je hoort het.")),
        ("أنا حاسوب.\nكم عمرك؟", ("أنا حاسوب.", "كم عمرك؟", "")),
        (
            "Wat zei hij?\nZei hij ‘kom je?’\nVertel.",
            ("Wat zei hij?", "Zei hij ‘kom je?’", "Vertel."),
        ),
    ],
)
def test_the_question_is_the_last_line_that_ends_with_a_question_mark(
    text: str, found: tuple[str, str, str]
) -> None:
    assert asked_in(text) == found
    assert asked_in(text + "\n") == found


@pytest.mark.parametrize("language", ["nl", "en"])
def test_after_the_truth_only_what_is_asked_stands_out(language: str) -> None:
    books = library()
    say = Say((Part((Text("bouwstenen/waarheid_jong/leeftijd/text"),), "question"),), 1)

    lines = books.texts.say(say, language, books.values("linde", language)).lines

    assert [line.role for line in lines] == ["line", "question"]
    assert "112" in lines[0].text
    assert lines[1].text in ("Hoe oud ben je?", "How old are you?")
