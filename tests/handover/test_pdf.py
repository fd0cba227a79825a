"""The page on paper: one A4 first, everything complete, whatever was typed."""

import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.handover.pdf import NO_LETTER, page_pdf
from bot.handover.sheets import MOST_WORDS
from tests.handover.test_page import a_page
from tests.web.desk_house import A_STORY, told


def poppler(program: str, pdf: bytes, folder: Path, *options: str) -> str:
    """What one of poppler's programs says of ``pdf``."""
    command = shutil.which(program)
    assert command, f"{program} is missing: install poppler-utils"
    file = folder / "page.pdf"
    file.write_bytes(pdf)
    out = ["-"] if program == "pdftotext" else []
    found = subprocess.run([command, *options, file, *out], capture_output=True, check=True)
    return found.stdout.decode()


def words_of(text: str) -> list[str]:
    """What a reader counts as words."""
    return [word for word in text.split() if any(sign.isalnum() for sign in word)]


@pytest.mark.parametrize("story", [(), A_STORY], ids=["nothing told", "a story"])
def test_an_ordinary_page_is_one_a4_that_follows_the_standards(
    story: tuple[object, ...], tmp_path: Path
) -> None:
    made = page_pdf(a_page(*story))  # type: ignore[arg-type]

    told_of = poppler("pdfinfo", made.body, tmp_path)
    assert made.is_standard
    assert "Tagged:          yes" in told_of
    assert "Pages:           1" in told_of
    assert "(A4)" in told_of
    assert "Title:           Samenspraak" in told_of


def test_the_same_page_gives_the_same_file() -> None:
    page = a_page(*A_STORY)

    assert page_pdf(page) == page_pdf(page)


def test_what_does_not_fit_is_cut_visibly_and_complete_on_the_sheets_after(tmp_path: Path) -> None:
    long = " ".join(f"woord{number}" for number in range(900))
    made = page_pdf(a_page(told(long), *A_STORY))

    first = poppler("pdftotext", made.body, tmp_path, "-l", "1")
    rest = poppler("pdftotext", made.body, tmp_path, "-f", "2")
    assert "(verder op blad 2)" in " ".join(first.split())
    assert len(words_of(first)) <= MOST_WORDS
    assert "woord899" not in first
    assert set(long.split()) <= set(words_of(rest))


def test_every_script_can_be_copied_from_it(tmp_path: Path) -> None:
    words = ["نحن متعبون", "ንሕና ደኺምና", "Ми втомились", "Biz yorulduk"]
    made = page_pdf(a_page(*(told(each, "und", f"vraag{n}") for n, each in enumerate(words))))

    text = poppler("pdftotext", made.body, tmp_path)
    assert made.is_standard
    for each in words[1:]:
        assert each in text
    assert all(letter in text for letter in set(words[0]) - {" "})


def test_a_character_without_a_letter_stops_no_page_and_is_told(tmp_path: Path) -> None:
    made = page_pdf(a_page(told("汉字 en gewone woorden")))

    text = " ".join(poppler("pdftotext", made.body, tmp_path).split())
    assert not made.is_standard
    assert "gewone woorden" in text
    assert NO_LETTER.split(".")[0] in text


def test_when_it_goes_is_on_it(tmp_path: Path) -> None:
    page = a_page(*A_STORY)

    text = poppler("pdftotext", page_pdf(page, page.came + 86_400).body, tmp_path)

    assert "Wordt gewist op" in text


@settings(max_examples=40)
@given(st.lists(st.text(max_size=400), max_size=4))
def test_nothing_anyone_can_type_stops_a_pdf(texts: list[str]) -> None:
    made = page_pdf(a_page(*(told(each, "nl", f"v{n}") for n, each in enumerate(texts))))

    assert made.body.startswith(b"%PDF-")
