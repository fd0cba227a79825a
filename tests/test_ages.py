"""Each age hears what is true for that age about parents, consent and talking, and nothing else.

The table of ages in ``dialogen/README.md`` names the step that says it; here somebody of each age
goes all the way through and hears exactly those.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.authoring.replay import AT, TEAM
from bot.dialogue.message import Text
from bot.dialogue.tree import Ending
from bot.handover.page import Page
from bot.library import authored_folders
from bot.rehearsal import BAR, Rehearsal
from tests.world import library

BOOKS = library()

HEADING = "## Wat bij welke leeftijd hoort\n"

AGES = {"8–11": "kind", "12–15": "twaalf", "16–17": "zestien", "18–23": "achttien"}
"""The ages of the table, with the answer to how old somebody is."""

COLUMNS = 4
"""What is told of an age: parents, consent to help, talking yourself, and what is asked besides."""

ONWARD = ("send", "-agree", "ja", "-skip", "-done")
"""What somebody taps who tells and sends all there is, but leaves questions out."""

MOST_TAPS = 100


def table() -> dict[str, list[str]]:
    """What the manual says of each age, by column."""
    readme = (Path(authored_folders().dialogues) / "README.md").read_text(encoding="utf-8")
    part = readme.split(HEADING)[1].split("\n## ")[0]
    lines = [line.strip("|").split("|") for line in part.splitlines() if line.startswith("| ")]
    return {age.strip(): cells for age, *cells in lines if age.strip() in AGES}


def steps(cell: str) -> set[str]:
    """The steps a cell names, each as dialogue and step."""
    return set(re.findall(r"`([a-z_0-9]+(?:/[a-z_0-9]+)+)`", cell))


TABLE = table()

NAMED = {step for cells in TABLE.values() for cell in cells for step in steps(cell)}
"""Every step that is there for some age."""


def context(step: str) -> str:
    """Where the words of a step are found."""
    dialogue, _, node = step.partition("/")
    return BOOKS.dialogues[dialogue].nodes[node].context


def heard(age: str) -> set[str]:
    """The steps of the table whose words somebody of that age hears on the whole way."""
    places = set(said(age))
    return {step for step in NAMED if context(step) in places}


def said(age: str) -> Iterator[str]:
    """Where the words come from that are said, from the link to the end."""
    talk = Rehearsal(BOOKS, BOOKS.dialogues["jongere"], "nl", TEAM)
    talk.does(f"/start j_{TEAM}", AT)
    for _ in range(MOST_TAPS):
        for say in talk.says:
            for part in say.parts:
                for piece in part.pieces:
                    if isinstance(piece, Text):
                        yield piece.key.rpartition("/")[0]
        if isinstance(talk.dialogue.nodes[talk.conversation.at], Ending):
            return
        keys = {key.code: key.label for key in talk.keys if key.code not in BAR}
        wanted = (age, *ONWARD, *keys)
        code = next(code for code in wanted if code in keys)
        talk.does(f"[{keys[code]}]", AT)
    raise AssertionError("there is no end")


def test_the_table_tells_everything_of_every_age() -> None:
    assert list(TABLE) == list(AGES)
    for age, cells in TABLE.items():
        assert [bool(steps(cell)) for cell in cells] == [True] * COLUMNS, age


@pytest.mark.parametrize(("age", "code"), AGES.items())
def test_an_age_hears_what_the_table_names_for_it_and_nothing_of_another(
    age: str, code: str
) -> None:
    own = {step for cell in TABLE[age] for step in steps(cell)}

    assert heard(code) == own


@pytest.mark.parametrize("age", AGES)
def test_what_is_said_of_parents_to_one_age_is_said_to_no_other(age: str) -> None:
    about, consent, talking, _ = map(steps, TABLE[age])
    others = {
        step for other in TABLE if other != age for cell in TABLE[other][:3] for step in steps(cell)
    }

    assert not (about | consent | talking) & others


def page_of(code: str) -> Page:
    """The first page that somebody of that age sends."""
    talk = Rehearsal(BOOKS, BOOKS.dialogues["jongere"], "nl", TEAM)
    talk.does(f"/start j_{TEAM}", AT)
    while talk.page is None:
        keys = {key.code: key.label for key in talk.keys if key.code not in BAR}
        talk.does(f"[{keys[next(one for one in (code, 'send', *keys) if one in keys)]}]", AT)
    return talk.page


@pytest.mark.parametrize(
    ("code", "missing"), [("twaalf", ("ouders",)), ("zestien", ("ouders",)), ("achttien", ())]
)
def test_nobody_misses_the_parents_of_who_is_eighteen(code: str, missing: tuple[str, ...]) -> None:
    assert page_of(code).not_heard == missing
