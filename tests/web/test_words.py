"""A line about someone on our pages: who it is about stands out, and nothing in it is obeyed."""

import pytest

from bot.web.words import name_first

NAMES = ["Oma", "Oma: van papa", "<b>Jo</b>"]


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        ("Oma: heel dichtbij", "<strong>Oma</strong>: heel dichtbij"),
        ("Oma", "<strong>Oma</strong>"),
        ("Oma: van papa: heel dichtbij", "<strong>Oma: van papa</strong>: heel dichtbij"),
        ("\u2068Oma\u2069: heel dichtbij", "<strong>\u2068Oma\u2069</strong>: heel dichtbij"),
        ("<b>Jo</b>: <i>ver</i>", "<strong>&lt;b&gt;Jo&lt;/b&gt;</strong>: &lt;i&gt;ver&lt;/i&gt;"),
    ],
)
def test_who_a_line_is_about_stands_out(line: str, shown: str) -> None:
    assert name_first(line, NAMES) == shown


@pytest.mark.parametrize("line", ["Slapen", "Omaatje: ver", "Over Oma", "oma: ver", ""])
def test_a_line_about_nobody_stays_as_it_is(line: str) -> None:
    assert name_first(line, NAMES) == line
