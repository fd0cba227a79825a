"""What an author reads in ``dialogen/README.md`` is true: every example, key and code."""

import re
from pathlib import Path

import pytest

from bot.dialogue.compiler import CODES, Source, compile_dialogue
from bot.dialogue.reading import KEYS
from bot.dialogue.vocabulary import MARKS, PLACEHOLDERS, SECTIONS, THEMES, TOPICS
from tests.dialogue.broken_files import DIALOGUES, WAARHEID

README = (Path(__file__).parents[2] / "dialogen" / "README.md").read_text(encoding="utf-8")
MANUAL, PROBLEMS = README.split("## Als er iets niet klopt\n")
SHOWN_IN_WORDS = {
    "file-too-large",
    "invisible-character",
    "blocks-too-deep",
    "too-many-nodes",
    "text-too-long",
}
"""Codes whose example would be too long to read, or invisible."""


def examples(text: str) -> list[str]:
    return re.findall(r"^```yaml\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def about(code: str) -> str:
    [part] = re.findall(rf"^#### {code}\n(.*?)(?=^###|\Z)", PROBLEMS, re.MULTILINE | re.DOTALL)
    return str(part)


def codes_in(example: str) -> set[str]:
    """The codes of all problems in an example: whole files, or some nodes of a dialogue."""
    parts = re.split(r"^# dialogen/(?:bouwstenen/)?(\w+).*\n", example, flags=re.MULTILINE)
    files = dict(zip(parts[1::2], parts[2::2], strict=True)) or {"voorbeeld": example}
    blocks = {name: Source(name, text) for name, text in files.items() if name != "voorbeeld"}
    dialogue = files.get("voorbeeld") or "".join(f"  rust: {{use: {name}}}" for name in blocks)
    compiled = compile_dialogue(
        Source("voorbeeld", dialogue if dialogue.startswith("dialogue:") else around(dialogue)),
        {"waarheid": WAARHEID} | blocks,
        DIALOGUES | {"jongere"},
    )
    return {problem.code for problem in compiled} if isinstance(compiled, tuple) else set()


def around(nodes: str) -> str:
    """A dialogue that goes through ``nodes`` and ends."""
    first = re.findall(r"^  ([^ ].*?):(?: |$)", nodes, re.MULTILINE)[0]
    nodes = re.sub(r"^(  rust: \{use: \w+)\}", r"\1, next: einde}\n", nodes)
    return (
        "dialogue: voorbeeld\nstart: begin\nnodes:\n"
        f"  begin: {{use: waarheid, next: '{first}'}}\n{nodes}  einde: {{end: Dag.}}\n"
    )


def test_every_example_in_the_manual_compiles() -> None:
    assert len(examples(MANUAL)) == 11
    for example in examples(MANUAL):
        assert codes_in(example) == set()


def test_every_code_is_explained_and_no_other() -> None:
    assert set(re.findall(r"^#### (.+)$", PROBLEMS, re.MULTILINE)) == set(CODES)


@pytest.mark.parametrize("code", sorted(CODES.keys() - SHOWN_IN_WORDS))
def test_a_code_has_an_example_that_is_wrong_and_one_that_is_right(code: str) -> None:
    wrong, right = examples(about(code))

    assert codes_in(wrong) == {code}
    assert codes_in(right) == set()


@pytest.mark.parametrize("code", sorted(SHOWN_IN_WORDS))
def test_a_code_without_an_example_says_what_to_do(code: str) -> None:
    assert examples(about(code)) == []
    assert len(about(code).split(". ")) > 1


def test_every_key_section_and_placeholder_is_explained() -> None:
    keys = {key for keys in KEYS.values() for key in keys}
    written = {
        *keys,
        "dialogue",
        "block",
        "links",
        "start",
        "nodes",
        "when",
        "to",
        *SECTIONS,
        *MARKS,
        *THEMES,
        *TOPICS,
    }

    for word in (*written, "at_least", "at_most", "answered", "all", "any", "not", "return"):
        assert re.search(rf"\b{word}\b", MANUAL), word
    for name in PLACEHOLDERS:
        assert f"`{{{name}}}`" in MANUAL


def test_the_problem_it_shows_is_told_in_the_same_words() -> None:
    nodes = "  hallo:\n    say: Dag!\n    next: iende\n"
    compiled = compile_dialogue(Source("x", around(nodes)), {"waarheid": WAARHEID})

    assert isinstance(compiled, tuple)
    assert [str(problem).partition(": ")[2] in MANUAL for problem in compiled] == [True]
