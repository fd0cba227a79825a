"""What a social worker gets wrong in the signal words is told by line, with what to do about it."""

import re
from pathlib import Path

import pytest

from bot.authored.signals import FORM, read_signals
from bot.dialogue.problems import Problem
from bot.dialogue.sheet import Source
from bot.library import authored_folders
from tests.authored_tree import author

BROKEN = Path(__file__).parent / "broken_signals"
README = authored_folders().dialogues / "README.md"
GOOD = """\
nl:
  signals:
    zelfdoding: {words: [zelfmoord*]}
    misbruik: {words: [aanranding]}
    geweld: {words: [mishandeling]}
    weg: {words: [weggelopen]}
"""


def told(text: str) -> list[Problem]:
    return sorted(read_signals(Source("lijst", text))[1])


@pytest.mark.parametrize("path", sorted(BROKEN.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_broken_list_has_exactly_the_problems_it_says(path: Path) -> None:
    text = path.read_text("utf-8")
    expected = [
        Problem("lijst", int(line), code, message)
        for line, message, code in re.findall(r"^# regel (\d+): (.*) \[([a-z-]+)\]$", text, re.M)
    ]

    assert told(text) == sorted(expected)
    assert {problem.code for problem in expected} == {path.stem}


def test_every_code_is_shown_at_work_and_explained() -> None:
    shown = {path.stem for path in BROKEN.glob("*.yaml")}
    explained = set(re.findall(r"^\| `([a-z-]+)` \|", README.read_text("utf-8"), re.M))

    assert set(FORM) <= shown
    assert set(FORM) <= explained


def test_what_is_wrong_with_the_form_of_the_file_is_told_as_everywhere() -> None:
    assert [problem.code for problem in told("nl: [a")] == ["yaml-error"]
    assert [problem.code for problem in told("")] == ["wrong-shape"]
    assert [problem.code for problem in told("nl: zelfmoord")] == ["missing-key", "wrong-shape"]
    assert [problem.code for problem in told("nl: {woorden: a, signals: {}}")] == [
        *["missing-signal"] * 4,
        "unknown-key",
    ]


def test_groups_are_filled_in_and_endings_and_other_spellings_are_kept() -> None:
    text = GOOD + (
        "  groups: {NIET: [niet], IK: [ik, NIET]}\n"
        "  endings: [en]\n  beginnings: [ge]\n  same: {niet meer: [nietmeer]}\n"
        "  harmless: {close: [[kat, IK]]}\n  over: {anywhere: [[toen, nu]]}\n"
    )

    (words,), problems = read_signals(Source("lijst", text))

    assert problems == ()
    assert words.language == "nl"
    assert (words.endings, words.beginnings) == (("en",), ("ge",))
    assert words.same == {"niet meer": ("nietmeer",)}
    assert words.roles == {"NIET": ("niet",)}
    assert [pattern.parts for pattern in words.harmless] == [(("kat",), ("ik", "niet"))]
    assert [pattern.reach for pattern in words.over] == ["anywhere"]


def test_the_check_tells_it_and_the_service_does_not_start(tmp_path: Path) -> None:
    folders = author(tmp_path)
    path = folders.authored / "signaalwoorden.yaml"
    path.write_text(GOOD.replace("weggelopen", "ik ben weg"), encoding="utf-8")

    assert folders.problems() == ["dialogen/signaalwoorden.yaml:6 too-many-words"]


def test_signal_words_reach_every_dialogue(tmp_path: Path) -> None:
    library = author(tmp_path).read()

    assert set(library.around.signals) == {"nl"}
    assert library.dialogues["ouder"].around.signals == library.around.signals
