"""What the bot itself says is read from one flat file, with the same care as a dialogue."""

import pytest

from bot.dialogue.compiler import Source, compile_words
from bot.dialogue.problems import Problem


def read(text: str) -> tuple[dict[str, str], dict[str, str], tuple[Problem, ...]]:
    return compile_words(Source("vaste_woorden.yaml", text), "vast")


def test_a_name_has_a_text() -> None:
    words, notes, problems = read("back: ←\nleft: |\n  Tot later, {naam}.\n  Dag.\n")

    assert words == {"vast/back": "←", "vast/left": "Tot later, {naam}.\nDag."}
    assert (notes, problems) == ({}, ())


def test_a_text_can_carry_a_note_to_its_translators() -> None:
    words, notes, problems = read("tick:\n  text: ☑ {keuze}\n  translator: Laat het teken staan.\n")

    assert words == {"vast/tick": "☑ {keuze}"}
    assert notes == {"vast/tick": "Laat het teken staan."}
    assert problems == ()


def test_what_is_counted_has_a_text_for_one_and_a_text_for_more() -> None:
    text = "days:\n  one: '{aantal} dag'\n  other: '{aantal} dagen'\n  translator: Hoe lang.\n"
    words, notes, problems = read(text)

    assert words == {"vast/days#one": "{aantal} dag", "vast/days#other": "{aantal} dagen"}
    assert notes == {"vast/days#one": "Hoe lang.", "vast/days#other": "Hoe lang."}
    assert problems == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("bel: Bel #112 nu", ["1 text-lost"]),
        ("bel: {team}", ["1 missing-key", "1 missing-key", "1 unknown-key"]),
        ("bel: [Bel, nu]", ["1 wrong-shape"]),
        ("bel:", ["1 empty-text"]),
        ("bel: Let op: nu", ["1 yaml-error"]),
        ("bel: 'Bel {team'", ["1 unbalanced-brace"]),
        ("bel: 'Bel { team }'", ["1 unknown-placeholder"]),
        ("bel: " + "a" * 3_501, ["1 text-too-long"]),
        ("bel: Bel\nbel: Bel", ["2 duplicate-key"]),
        ("Bel nu: Bel", ["1 bad-id"]),
        ("112: Bel", ["1 bad-id"]),
        ("dag:\n  one: Een dag", ["1 missing-key"]),
        ("dag:\n  text: Dag\n  other: Dagen", ["3 unknown-key"]),
        ("dag:\n  text: [Dag]\n  translator: [Dag]", ["2 wrong-shape", "3 wrong-shape"]),
        ("- bel", ["1 wrong-shape"]),
        ("", ["0 wrong-shape"]),
        ("#" * 1_000_001, ["0 file-too-large"]),
    ],
)
def test_the_traps_of_texts_are_guarded_here_too(text: str, expected: list[str]) -> None:
    _, _, problems = read(text)

    assert [f"{problem.line} {problem.code}" for problem in problems] == expected


def test_a_name_that_is_no_name_gets_a_better_one() -> None:
    _, _, [problem] = read("Bel nu: Bel")

    assert "Bedoelde je ‘bel_nu’?" in problem.message
