"""A long name goes on several lines, and loses nothing on the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handover.visible import one_line
from bot.handover.wrapping import LONG_WORD, MOST_LINES, letters, wrappings

NAMES = st.text(max_size=64).map(one_line)


@given(NAMES)
def test_every_character_of_a_name_is_on_its_lines_in_order(name: str) -> None:
    for lines in wrappings(name):
        assert "".join(lines).replace(" ", "") == name.replace(" ", "")


@given(NAMES)
def test_a_name_goes_on_one_line_or_on_as_many_as_it_was_broken_into(name: str) -> None:
    ways = wrappings(name)

    assert ways[0] == (name,)
    assert len(ways) <= MOST_LINES
    assert [len(lines) for lines in ways] == sorted({len(lines) for lines in ways})
    assert all(line for lines in ways[1:] for line in lines)


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("buurvrouw Fatima", ("buurvrouw", "Fatima")),
        ("meester Willem van groep zeven", ("meester Willem", "van groep zeven")),
        ("maatschappelijk werker", ("maatschappelijk", "werker")),
        ("Anne-Marie", ("Anne-", "Marie")),
        ("pleegzorgbegeleidster", ("pleegzorgb", "egeleidster")),
        ("መምህርት ሃይማኖት", ("መምህርት", "ሃይማኖት")),
    ],
)
def test_a_name_is_broken_between_words_and_near_the_middle(
    name: str, lines: tuple[str, str]
) -> None:
    assert wrappings(name)[1] == lines


@pytest.mark.parametrize("name", ["", "Oma", "buurtsportcoach", "x" * LONG_WORD])
def test_a_word_that_is_not_long_stays_whole(name: str) -> None:
    assert wrappings(name) == ((name,),)


@pytest.mark.parametrize(
    ("letter", "what"),
    [
        ("e\u0301", "an accent"),
        ("👩🏽", "the colour of a skin"),
        ("👩\u200d🚒", "the parts of an emoji"),
        ("🇳🇱", "the halves of a flag"),
        ("❤\ufe0f", "how an emoji is shown"),
    ],
)
def test_a_letter_is_never_broken(letter: str, what: str) -> None:
    assert letters(letter * 12) == [letter] * 12, what

    for lines in wrappings(letter * 24):
        assert all(line.count(letter) * len(letter) == len(line) for line in lines), what
