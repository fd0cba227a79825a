"""What cannot be seen in someone's words is shown, and what belongs to writing stays."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.handover.visible import one_line, spans, visible


@pytest.mark.parametrize(
    "hidden",
    [
        *"\u200b\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069",
        *"\ufeff\u00ad\u2028\u2029\u180e\u2800\u3164\x00\x07\x1b\x85",
        "\U000e0041",
    ],
)
def test_a_character_that_cannot_be_seen_is_written_as_its_number(hidden: str) -> None:
    assert visible(f"voor{hidden}na") == f"voor[U+{ord(hidden):04X}]na"


@pytest.mark.parametrize(
    "words",
    [
        "می\u200cخواهم",  # Persian: the joiner is part of the spelling
        "क\u094d\u200dष",  # Hindi
        "👩\u200d👧",
        "❤\ufe0f\u200d🔥",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "eerst\n\tdan",
        "Uyuyamıyor, çok yoruldum. ትግርኛ. Ґанок.",
    ],
)
def test_what_belongs_to_writing_stays_as_it_is(words: str) -> None:
    assert visible(words) == words


def test_a_joiner_where_nothing_joins_is_shown() -> None:
    assert visible("ge\u200cheim\u200d") == "ge[U+200C]heim[U+200D]"
    assert visible("\u200d👧") == "[U+200D]👧"


def test_half_a_character_becomes_a_sign_for_it_and_a_line_break_one_kind() -> None:
    assert visible("a\ud83db\r\nc\rd") == "a\ufffdb\nc\nd"


def test_a_name_is_one_line() -> None:
    assert one_line("  Anna\n\u202e Bakker ") == "Anna [U+202E] Bakker"


@given(st.text())
def test_nothing_is_left_that_hides_and_nothing_that_shows_is_lost(words: str) -> None:
    shown = "".join(piece for piece, mark in spans(words) if not mark)

    assert not {"\u202e", "\u202d", "\u2066", "\u200b", "\x00"} & set(shown)
    assert [sign for sign in words if unicodedata.category(sign)[0] in "LNP"] == [
        sign
        for piece, mark in spans(words)
        for sign in (chr(int(piece[2:], 16)) if mark else piece)
        if unicodedata.category(sign)[0] in "LNP"
    ]
